package dev.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Mounts a file system of limited size over a volume, so the volumes have to be folders of this very machine, and this process
 * has to be its root: only with {@value #NODE_IS_HERE}.
 */
@ClusterTest
@EnabledIfSystemProperty(named = DiskFullIT.NODE_IS_HERE, matches = "true")
class DiskFullIT {
    static final String NODE_IS_HERE = "howdah.cluster.node-is-here";

    private static Cluster cluster;
    private static TestPods pods;
    private static String folder = "";

    @BeforeAll
    static void start() {
        cluster = Cluster.start("full", Map.of());
        pods = TestPods.start(cluster);
    }

    @AfterAll
    static void stop() {
        cluster.platform().deprovision("full", "roomy");
        if (!folder.isEmpty()) {
            onNode("umount -l " + folder);
        }
        pods.close();
        cluster.close();
    }

    @Test
    void aVolumeThatIsFullIsSaidWithWhatToDoAndGrowingItBringsTheServerBack() throws SQLException {
        mountOneGibibyte();
        cluster.platform().provision("full", "roomy", "{}");
        String url = cluster.platform()
                .bind("full", "full-b", "roomy")
                .path("jdbc_url")
                .asString("");
        execute(url, "create table committed as select n from generate_series(1, 1000) n");

        fill(url);

        Condition said =
                await().atMost(Duration.ofMinutes(4)).until(DiskFullIT::whatIsSaid, condition -> condition != null);
        System.out.println("full: " + said.getType() + " " + said.getReason() + ": " + said.getMessage());
        assertThat(said.getMessage()).contains("ask for more storage");
        assertThat(cluster.client()
                        .v1()
                        .events()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .filteredOn(event -> event.getInvolvedObject().getKind().equals("PostgresInstance"))
                .extracting(Event::getReason)
                .contains(said.getReason());
        System.out.println("full: " + cluster.platform().lastOperation("full").body());
        assertThat(cluster.platform().lastOperation("full").body()).contains("ask for more storage");

        pods.killPostmaster("pg-full-0");
        await().atMost(Cluster.PATIENCE)
                .until(
                        () -> cluster.platform().lastOperation("full").body(),
                        body -> body.contains("comes back by itself"));
        System.out.println("full: " + cluster.platform().lastOperation("full").body());
        onNode("mount -o remount,size=2G " + folder);
        long asked = System.nanoTime();
        assertThat(cluster.platform().updateToItsEnd("full", "roomy", "{\"storage\": \"2Gi\"}"))
                .matches(Platform::succeeded);
        System.out.println("full: back after " + Platform.since(asked).toMillis() + " ms");

        assertThat(ChangesIT.query(url, "select count(*) from committed")).isEqualTo("1000");
        assertThat(ChangesIT.query(url, "select count(*) > 0 from filler")).isEqualTo("t");
        execute(url, "insert into committed values (0)");
        await().atMost(Duration.ofMinutes(3)).until(() -> whatIsSaid() == null);
    }

    private static Condition whatIsSaid() {
        return cluster.instance("pg-full").getStatus().conditions().stream()
                .filter(condition -> condition.getReason().equals("AlmostFull")
                        || condition.getReason().equals("DiskFull"))
                .findFirst()
                .orElse(null);
    }

    /** The server finds the volume ready-made, as one that it adopts. */
    private static void mountOneGibibyte() {
        cluster.claimOneGibibyte("pg-full-data", Map.of("howdah.dev/server", "pg-full"));
        PersistentVolumeClaim bound = await().atMost(Cluster.PATIENCE)
                .until(
                        () -> cluster.find(PersistentVolumeClaim.class, "pg-full-data"),
                        found -> "Bound".equals(found.getStatus().getPhase()));
        PersistentVolume volume = cluster.client()
                .persistentVolumes()
                .withName(bound.getSpec().getVolumeName())
                .get();
        assumeThat(volume.getSpec().getHostPath()).isNotNull();
        folder = volume.getSpec().getHostPath().getPath();
        onNode("mount -t tmpfs -o size=1G,mode=0777 tmpfs " + folder);
    }

    private static void onNode(String command) {
        try {
            Process process = new ProcessBuilder(command.split(" ")).inheritIO().start();
            assertThat(process.waitFor()).as(command).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fill(String url) throws SQLException {
        execute(url, "create table filler (n bigint, text text)");
        assertThatThrownBy(() -> {
                    while (true) {
                        execute(url, "insert into filler select n, repeat('x', 900) from generate_series(1, 20000) n");
                    }
                })
                .isInstanceOf(SQLException.class);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
