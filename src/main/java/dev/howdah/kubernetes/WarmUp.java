package dev.howdah.kubernetes;

import dev.howdah.broker.BindingId;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.ServiceInstances;
import dev.howdah.broker.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Asks for what is not there before this replica says that it is ready: the first requests to the API server open connections and run code
 * that is not compiled yet, and on a busy node the first platforms would be told that it is away. An API server that is away
 * ends it with the first question; a slow one is asked nothing more after the given time, of which there is none unless it is set.
 */
final class WarmUp implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int AT_ONCE = 8;
    private static final int QUESTIONS = 25;

    private final ServiceInstances instances;
    private final ServiceBindings bindings;
    private final Duration atMost;
    private final Clock clock;

    WarmUp(ServiceInstances instances, ServiceBindings bindings, Duration atMost, Clock clock) {
        this.instances = instances;
        this.bindings = bindings;
        this.atMost = atMost;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!atMost.isPositive()) {
            return;
        }
        Instant end = clock.instant().plus(atMost);
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int asker = 0; asker < AT_ONCE; asker++) {
                askers.execute(() -> ask(end));
            }
        }
    }

    private void ask(Instant end) {
        String nobody = "warm-up-" + UUID.randomUUID();
        try {
            for (int question = 0; question < QUESTIONS && clock.instant().isBefore(end); question++) {
                instances.fetch(new InstanceId(nobody));
                bindings.fetch(new InstanceId(nobody), new BindingId(nobody));
            }
        } catch (StoreUnavailable away) {
            LOG.atDebug().setCause(away).log("The API server is away while the broker warms up");
        }
    }
}
