package dev.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testing.OsbClient;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@ClusterTest
class ChangesIT {
    private static final String FIXED_CLASS = "howdah-test-fixed";

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("changes", Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aLargerPlanIsOneRestartThatClientsHardlyNotice() throws SQLException {
        Platform platform = cluster.platform();
        platform.provision("plan", "free", "{}");
        String url = platform.bind("plan", "plan-b", "free").path("jdbc_url").asString("");
        Set<String> incarnations = ConcurrentHashMap.newKeySet();
        try (Load load = Load.on(url);
                var watch = cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withName("pg-plan-0")
                        .inform()) {
            watch.addEventHandler(PodSeen.collecting(incarnations));
            await().atMost(Cluster.PATIENCE).until(() -> load.rows() > 500);
            load.longestGap();

            OsbClient.Answer answer = platform.updateToItsEnd("plan", "premium", "{}");

            long then = load.rows();
            await().atMost(Cluster.PATIENCE).until(() -> load.rows() > then + 100);
            Duration refused = load.longestGap();
            System.out.printf(
                    "plan: clients refused for %d ms, containers %d%n", refused.toMillis(), incarnations.size());
            assertThat(answer).matches(Platform::succeeded);
            assertThat(refused).isLessThan(Duration.ofSeconds(15));
            assertThat(incarnations).hasSize(2);
            assertThat(load.lost()).isZero();
        }
        assertThat(query(url, "show max_connections")).isEqualTo("55");
        assertThat(query(url, "show shared_buffers")).isEqualTo("128MB");
        Pod pod = cluster.find(Pod.class, "pg-plan-0");
        assertThat(pod.getSpec().getContainers().getFirst().getResources().getLimits())
                .hasToString("{cpu=500m, memory=512Mi}");
        assertThat(pod.getStatus().getQosClass()).isEqualTo("Guaranteed");
    }

    @Test
    void aVolumeGrowsUnderARunningServerAndNeverShrinks() throws SQLException {
        Platform platform = cluster.platform();
        platform.provision("volume", "free", "{}");
        String url =
                platform.bind("volume", "volume-b", "free").path("jdbc_url").asString("");
        String pod = cluster.find(Pod.class, "pg-volume-0").getMetadata().getUid();

        assertThat(platform.updateToItsEnd("volume", "free", "{\"storage\": \"2Gi\"}"))
                .matches(Platform::succeeded);

        PersistentVolumeClaim claim = cluster.find(PersistentVolumeClaim.class, "pg-volume-data");
        assertThat(claim.getStatus().getCapacity().get("storage")).hasToString("2Gi");
        assertThat(cluster.find(Pod.class, "pg-volume-0").getMetadata().getUid())
                .isEqualTo(pod);
        // A fifth of the larger volume, taken over without a restart.
        assertThat(query(url, "show max_wal_size")).isEqualTo("409MB");

        OsbClient.Answer refused = platform.update("volume", "free", "{\"storage\": \"1Gi\"}");

        assertThat(refused.status()).as(refused.body()).isIn(400, 422);
        assertThat(cluster.instance("pg-volume").getSpec().server().storage().size())
                .isEqualTo("2Gi");
    }

    @Test
    void aVolumeWhoseClassCannotExpandIsSaidSoBeforeAnythingChanges() {
        StorageClass like = cluster.client()
                .storage()
                .v1()
                .storageClasses()
                .list()
                .getItems()
                .getFirst();
        StorageClass fixed = new StorageClassBuilder(like)
                .withNewMetadata()
                .withName(FIXED_CLASS)
                .endMetadata()
                .withAllowVolumeExpansion(false)
                .build();
        cluster.client().resource(fixed).serverSideApply();
        PersistentVolume volume = volumeOf(FIXED_CLASS, "pg-fixed-data");
        try {
            cluster.platform().provision("fixed", "fixed", "{}");

            OsbClient.Answer refused = cluster.platform().update("fixed", "fixed", "{\"storage\": \"2Gi\"}");

            System.out.println("fixed: " + refused);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).contains("cannot grow");
            assertThat(cluster.instance("pg-fixed").getSpec().server().storage().size())
                    .isEqualTo("1Gi");
            cluster.platform().deprovision("fixed", "fixed");
        } finally {
            cluster.client().resource(volume).delete();
            cluster.client().resource(fixed).delete();
        }
    }

    /** Made by hand for this claim, because not every provisioner serves a class that it does not know. */
    private static PersistentVolume volumeOf(String storageClass, String claim) {
        cluster.claimOneGibibyte("spare", Map.of());
        String bound = await().atMost(Cluster.PATIENCE)
                .until(
                        () -> cluster.find(PersistentVolumeClaim.class, "spare")
                                .getSpec()
                                .getVolumeName(),
                        Objects::nonNull);
        PersistentVolume like =
                cluster.client().persistentVolumes().withName(bound).get();
        return cluster.client()
                .resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(cluster.namespace() + "-" + claim)
                        .endMetadata()
                        .withNewSpecLike(like.getSpec())
                        .withStorageClassName(storageClass)
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withNewClaimRef()
                        .withNamespace(cluster.namespace())
                        .withName(claim)
                        .endClaimRef()
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    @Test
    void aSettingIsReloadedOrRestartedForAsItNeeds() throws SQLException {
        Platform platform = cluster.platform();
        platform.provision("settings", "free", "{}");
        String url =
                platform.bind("settings", "settings-b", "free").path("jdbc_url").asString("");
        String pod = cluster.find(Pod.class, "pg-settings-0").getMetadata().getUid();

        assertThat(platform.updateToItsEnd("settings", "free", "{\"settings\": {\"work_mem\": \"3MB\"}}"))
                .matches(Platform::succeeded);
        assertThat(query(url, "show work_mem")).isEqualTo("3MB");
        assertThat(cluster.find(Pod.class, "pg-settings-0").getMetadata().getUid())
                .isEqualTo(pod);

        assertThat(platform.updateToItsEnd(
                        "settings",
                        "free",
                        "{\"settings\": {\"work_mem\": \"3MB\", \"max_locks_per_transaction\": 128}}"))
                .matches(Platform::succeeded);
        assertThat(query(url, "show max_locks_per_transaction")).isEqualTo("128");
        assertThat(cluster.find(Pod.class, "pg-settings-0").getMetadata().getUid())
                .isNotEqualTo(pod);
    }

    static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
