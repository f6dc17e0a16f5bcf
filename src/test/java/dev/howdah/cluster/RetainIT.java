package dev.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testing.OsbClient;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@ClusterTest
class RetainIT {
    private static final String RETAINED = "howdah.dev/retained-from";

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("retain", Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aRetainedVolumeOutlivesItsInstanceAndIsAdoptedWithItsData() throws SQLException {
        Platform platform = cluster.platform();
        platform.provision("kept", "retained", "{}");
        execute(url("first"), "create table kept as select 42 as answer");
        assertThat(cluster.osb().delete(bindingPath("first")).status()).isIn(200, 202);

        platform.deprovision("kept", "retained");

        PersistentVolumeClaim volume = cluster.find(PersistentVolumeClaim.class, "pg-kept-data");
        assertThat(volume.getMetadata().getLabels()).containsEntry(RETAINED, "pg-kept");
        assertThat(cluster.find(Pod.class, "pg-kept-0")).isNull();

        OsbClient.Answer accepted = platform.provisionAccepted("kept", "retained", "{}");
        assertThat(accepted.status()).isEqualTo(202);
        await().atMost(Cluster.PATIENCE)
                .until(() -> cluster.osb()
                        .get("/v2/service_instances/kept/last_operation")
                        .body()
                        .contains("adopt its data"));

        cluster.client()
                .resource(volume)
                .edit(claim -> new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .addToLabels("howdah.dev/server", "pg-kept")
                        .removeFromLabels(RETAINED)
                        .endMetadata()
                        .build());

        assertThat(cluster.osb().awaitOperation("/v2/service_instances/kept", accepted, Cluster.PATIENCE))
                .matches(Platform::succeeded);
        assertThat(ChangesIT.query(url("second"), "select answer from kept")).isEqualTo("42");
        cluster.client()
                .persistentVolumeClaims()
                .inNamespace(cluster.namespace())
                .withName("pg-kept-data")
                .get();
    }

    private static String url(String binding) {
        return cluster.platform()
                .bind("kept", binding, "retained")
                .path("jdbc_url")
                .asString("");
    }

    private static String bindingPath(String binding) {
        return cluster.platform().bindingPath("kept", binding, "retained");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
