package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the loops do, by controller: none of the series names a resource. */
final class ReconcileMetrics implements Metrics {
    private static final List<String> KINDS = List.of("PostgresServer", "PostgresInstance", "PostgresBinding");

    private final MeterRegistry meters;
    private final Map<String, Controller> byKind = new ConcurrentHashMap<>();

    /** @param failing those whose last turn failed and that are tried again */
    private record Controller(AtomicInteger submitted, Set<ResourceID> failing) {}

    ReconcileMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (String kind : KINDS) {
            Controller controller = new Controller(new AtomicInteger(), ConcurrentHashMap.newKeySet());
            byKind.put(kind, controller);
            Gauge.builder("howdah.reconcile.queue", controller.submitted(), AtomicInteger::get)
                    .tag("kind", kind)
                    .description("Resources that wait for their turn or have it")
                    .register(meters);
            Gauge.builder("howdah.reconcile.failing", controller.failing(), Set::size)
                    .tag("kind", kind)
                    .description("Resources whose last turn failed and that are tried again")
                    .register(meters);
        }
    }

    /** A new term begins with nothing. */
    void reset() {
        byKind.values().forEach(controller -> {
            controller.submitted().set(0);
            controller.failing().clear();
        });
    }

    @Override
    public void reconciliationSubmitted(HasMetadata resource, @Nullable RetryInfo retry, Map<String, Object> metadata) {
        of(resource).submitted().incrementAndGet();
    }

    @Override
    public void reconciliationFinished(HasMetadata resource, @Nullable RetryInfo retry, Map<String, Object> metadata) {
        of(resource).submitted().updateAndGet(count -> Math.max(0, count - 1));
    }

    @Override
    public void reconciliationSucceeded(HasMetadata resource, Map<String, Object> metadata) {
        of(resource).failing().remove(ResourceID.fromResource(resource));
    }

    @Override
    public void reconciliationFailed(
            HasMetadata resource, @Nullable RetryInfo retry, Exception failure, Map<String, Object> metadata) {
        of(resource).failing().add(ResourceID.fromResource(resource));
    }

    @Override
    public void cleanupDone(ResourceID resource, Map<String, Object> metadata) {
        byKind.values().forEach(controller -> controller.failing().remove(resource));
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "failure";
        try {
            T result = execution.execute();
            outcome = "success";
            return result;
        } finally {
            sample.stop(Timer.builder("howdah.reconcile")
                    .description("Turns of the reconcilers")
                    .tag("controller", execution.controllerName())
                    .tag("action", execution.name())
                    .tag("outcome", outcome)
                    .serviceLevelObjectives(
                            Duration.ofMillis(20),
                            Duration.ofMillis(100),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(60))
                    .register(meters));
        }
    }

    private Controller of(HasMetadata resource) {
        return byKind.computeIfAbsent(
                resource.getKind(), kind -> new Controller(new AtomicInteger(), ConcurrentHashMap.newKeySet()));
    }
}
