package dev.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class RecoveryIT {
    private static final int ROWS = 8_000_000;

    private static Cluster cluster;
    private static TestPods pods;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("recovery", Map.of());
        pods = TestPods.start(cluster);
    }

    @AfterAll
    static void stop() {
        pods.close();
        cluster.close();
    }

    @Test
    void aLongRecoveryIsNotCutShort() throws SQLException {
        // A fifth of the volume may be write-ahead log: more than 1 GiB of it stays to be replayed.
        cluster.platform().provision("recovery", "free", "{\"storage\": \"20Gi\"}");
        String url = cluster.platform()
                .bind("recovery", "recovery-b", "free")
                .path("jdbc_url")
                .asString("");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table big (n bigint, filler text)");
            statement.execute(
                    "insert into big select n, repeat('x', 100) from generate_series(1, %d) n".formatted(ROWS));
        }
        String written = ChangesIT.query(
                url, "select pg_size_pretty(pg_current_wal_lsn() - redo_lsn) from pg_control_checkpoint()");
        pods.killPostmaster("pg-recovery-0");
        long at = System.nanoTime();

        await().atMost(Duration.ofMinutes(5))
                .ignoreExceptions()
                .until(() -> ChangesIT.query(url, "select 1").equals("1"));

        System.out.printf(
                "recovery: %s of log, %d ms%n", written, Platform.since(at).toMillis());
        assertThat(ChangesIT.query(url, "select count(*) from big")).isEqualTo(Integer.toString(ROWS));
        Pod pod = cluster.find(Pod.class, "pg-recovery-0");
        assertThat(pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
                .isEqualTo(1);
        assertThat(cluster.client()
                        .v1()
                        .events()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .extracting(Event::getReason)
                .doesNotContain("Killing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "17", "18"})
    void everyVersionIsServed(String version) throws SQLException {
        cluster.platform().provision("v" + version, "free", "{\"version\": \"%s\"}".formatted(version));
        String url = cluster.platform()
                .bind("v" + version, "v" + version + "-b", "free")
                .path("jdbc_url")
                .asString("");

        assertThat(ChangesIT.query(url, "show server_version")).startsWith(version + ".");
        assertThat(ChangesIT.query(url, "show data_checksums")).isEqualTo("on");
    }
}
