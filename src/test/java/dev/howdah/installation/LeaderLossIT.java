package dev.howdah.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@InstallationTest
class LeaderLossIT {
    private static final int INSTANCES = 10;
    private static final Duration TAKEOVER = Duration.ofSeconds(20);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(2);

    @Test
    void provisionsThatRunWhenTheLeaderIsKilledAllSucceed() throws Exception {
        try (Installation installation = new Installation();
                ExecutorService platforms = Executors.newVirtualThreadPerTaskExecutor()) {
            Caller caller = installation.caller();
            List<String> ids = IntStream.range(0, INSTANCES)
                    .mapToObj(number -> "leader-" + UUID.randomUUID())
                    .toList();
            Pod leader = installation.leader();
            String holder = installation.leaseHolder();
            var accepted = ids.stream()
                    .map(id -> platforms.submit(() -> caller.provision(id).status()))
                    .toList();
            AtomicBoolean stop = new AtomicBoolean();
            Outages outages = new Outages();
            var polling = platforms.submit(() -> pollAll(caller, ids, outages, stop));
            TimeUnit.SECONDS.sleep(2);

            installation
                    .client()
                    .pods()
                    .inNamespace(Installation.SYSTEM)
                    .withName(leader.getMetadata().getName())
                    .withGracePeriod(0)
                    .delete();

            long killed = System.nanoTime();
            await().atMost(Installation.PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !installation.leaseHolder().equals(holder));
            Duration takeover = Duration.ofNanos(System.nanoTime() - killed);
            System.out.printf("another leader after %d ms%n", takeover.toMillis());
            for (var answer : accepted) {
                try {
                    System.out.println("PUT: " + answer.get());
                } catch (java.util.concurrent.ExecutionException lost) {
                    // A request that the killed process had in its hands: the platform repeats it, which changes
                    // nothing.
                    System.out.println("PUT: " + lost.getCause());
                }
            }
            for (String id : ids) {
                assertThat(caller.provision(id).status()).isIn(200, 201, 202);
                Lives.awaitEnd(caller, id);
            }
            stop.set(true);
            polling.get();
            System.out.printf(
                    "%d polls, longest outage %d ms %s%n",
                    outages.calls(), outages.longest().toMillis(), outages.kinds());
            for (String id : ids) {
                Lives.end(caller, id);
            }
            installation.awaitRollout();
            assertThat(takeover).isLessThan(TAKEOVER);
            assertThat(outages.longest()).isLessThan(LONGEST_OUTAGE);
        }
    }

    private static void pollAll(Caller caller, List<String> ids, Outages outages, AtomicBoolean stop) {
        while (!stop.get()) {
            for (String id : ids) {
                try {
                    int status = caller.poll(id).status();
                    outages.saw(status < 500, String.valueOf(status));
                } catch (IOException lost) {
                    outages.saw(false, String.valueOf(lost));
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
