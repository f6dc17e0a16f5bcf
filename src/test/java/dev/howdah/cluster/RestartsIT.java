package dev.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@ClusterTest
class RestartsIT {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);
    private static final int TIMES = 20;

    private static Cluster cluster;
    private static TestPods pods;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("restarts", Map.of());
        pods = TestPods.start(cluster);
    }

    @AfterAll
    static void stop() {
        pods.close();
        cluster.close();
    }

    @Test
    void aPodThatIsDeletedUnderLoadIsBackSoonAndHasLostNothing() throws SQLException {
        restartUnderLoad(
                "deleted",
                pod -> cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withName(pod)
                        .delete());
    }

    @Test
    void aPostmasterThatIsKilledUnderLoadIsBackSoonAndHasLostNothing() throws SQLException {
        restartUnderLoad("killed", pods::killPostmaster);
    }

    private static void restartUnderLoad(String id, Consumer<String> mishap) throws SQLException {
        Platform platform = cluster.platform();
        platform.provision(id, "free", "{}");
        String pod = "pg-" + id + "-0";
        String url = platform.bind(id, id + "-b", "free").path("jdbc_url").asString("");
        List<Duration> times = new ArrayList<>();
        try (Load load = Load.on(url)) {
            for (int i = 1; i <= TIMES; i++) {
                long before = load.rows();
                await().atMost(Cluster.PATIENCE).until(() -> load.rows() > before + 50 && cluster.isReady(pod));
                load.longestGap();
                String incarnation = incarnation(pod);

                mishap.accept(pod);

                long at = System.nanoTime();
                await().atMost(Cluster.PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> cluster.isReady(pod) && !incarnation(pod).equals(incarnation));
                Duration ready = Platform.since(at);
                long then = load.rows();
                await().atMost(Cluster.PATIENCE).until(() -> load.rows() > then);
                System.out.printf(
                        "%s %d: ready after %d ms, clients refused for %d ms, %d rows%n",
                        id, i, ready.toMillis(), load.longestGap().toMillis(), load.rows());
                times.add(ready);
                assertThat(load.lost()).isZero();
            }
        }
        assertThat(times).allMatch(time -> time.compareTo(BACK_WITHIN) < 0);
    }

    private static String incarnation(String name) {
        Pod pod = cluster.find(Pod.class, name);
        return pod == null || pod.getStatus().getContainerStatuses().isEmpty()
                ? ""
                : String.valueOf(
                        pod.getStatus().getContainerStatuses().getFirst().getContainerID());
    }
}
