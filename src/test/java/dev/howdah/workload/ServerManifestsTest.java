package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresServerSpec.Exposure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerManifestsTest {

    @Test
    void theSameInputGivesEqualObjects() {
        assertThat(Serialization.asYaml(Servers.a().manifests().all()))
                .isEqualTo(Serialization.asYaml(Servers.a().manifests().all()));
    }

    @Test
    void everyObjectIsOwnedByItsServerAndLabelled() {
        for (HasMetadata object : Servers.a().manifests().all()) {
            assertThat(object.getMetadata().getOwnerReferences())
                    .as(object.getKind())
                    .containsExactly(new OwnerReference("howdah.dev/v1", true, true, "PostgresServer", "pg-1", "7a0f"));
            assertThat(object.getMetadata().getNamespace()).isEqualTo("instances");
            assertThat(object.getMetadata().getLabels())
                    .containsEntry("howdah.dev/server", "pg-1")
                    .containsEntry("app.kubernetes.io/name", "postgresql")
                    .containsEntry("app.kubernetes.io/instance", "pg-1")
                    .containsEntry("app.kubernetes.io/component", "database")
                    .containsEntry("app.kubernetes.io/version", "17")
                    .containsEntry("app.kubernetes.io/part-of", "howdah")
                    .containsEntry("app.kubernetes.io/managed-by", "howdah");
        }
    }

    @Test
    void theStatefulSetComesLast() {
        assertThat(Servers.a().manifests().all())
                .extracting(HasMetadata::getKind)
                .containsExactly(
                        "Secret",
                        "Secret",
                        "ConfigMap",
                        "PersistentVolumeClaim",
                        "Service",
                        "Service",
                        "NetworkPolicy",
                        "StatefulSet");
    }

    @Test
    void volumeIsAClaimOfItsOwnThatCanGrow() {
        var manifests = Servers.a().storage("2Gi", "fast").manifests();

        assertThat(manifests.volumeClaim().getSpec().getStorageClassName()).isEqualTo("fast");
        assertThat(manifests.volumeClaim().getSpec().getResources().getRequests())
                .hasToString("{storage=2Gi}");
        assertThat(manifests.statefulSet().getSpec().getVolumeClaimTemplates()).isEmpty();
        assertThat(manifests.statefulSet().getSpec().getTemplate().getSpec().getVolumes())
                .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getPersistentVolumeClaim().getClaimName())
                                .isEqualTo(manifests.volumeClaim().getMetadata().getName()));
    }

    @ParameterizedTest
    @EnumSource(Exposure.class)
    void clientServiceHasTheTypeOfTheExposure(Exposure exposure) {
        var service = Servers.a().exposure(exposure).manifests().clientService();

        assertThat(service.getSpec().getType()).isEqualTo(exposure.name());
        assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(service.getSpec().getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort()).isEqualTo(5432));
    }

    @Test
    void headlessServiceNamesThePod() {
        var manifests = Servers.a().manifests();

        assertThat(manifests.headlessService().getSpec().getClusterIP()).isEqualTo("None");
        assertThat(manifests.statefulSet().getSpec().getServiceName())
                .isEqualTo(manifests.headlessService().getMetadata().getName());
    }

    @Test
    void secretsHoldTheAdminAndTheCertificate() {
        var manifests = Servers.a().manifests();

        assertThat(manifests.adminSecret().getType()).isEqualTo("kubernetes.io/basic-auth");
        assertThat(manifests.adminSecret().getData())
                .isEqualTo(Map.of("username", "aG93ZGFo", "password", "YWRtaW4tcGFzc3dvcmQ="));
        assertThat(manifests.tlsSecret().getType()).isEqualTo("kubernetes.io/tls");
        assertThat(manifests.tlsSecret().getData()).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
    }

    @Test
    void noSecretIsInTheConfigMapThePodOrAnyText() {
        var manifests = Servers.a().manifests();

        assertThat(Serialization.asYaml(List.of(manifests.configMap(), manifests.statefulSet())))
                .doesNotContain("admin-password", "private-key");
        assertThat(manifests.toString()).doesNotContain("admin-password", "YWRtaW4tcGFzc3dvcmQ", "private-key");
        assertThat(Servers.SECRETS.toString()).doesNotContain("admin-password", "private-key");
    }

    @Test
    void restartHashChangesWithImageAndRestartSettings() {
        String before = restartHash(Servers.a());

        assertThat(restartHash(Servers.a().image("other"))).isNotEqualTo(before);
        assertThat(restartHash(Servers.a().settings(Map.of("shared_buffers", "64MB"))))
                .isNotEqualTo(before);
        assertThat(restartHash(Servers.a().maxConnections(21))).isNotEqualTo(before);
    }

    @Test
    void restartHashIgnoresWhatAReloadOrNothingIsEnoughFor() {
        String before = restartHash(Servers.a());

        assertThat(restartHash(Servers.a().settings(Map.of("work_mem", "64MB"))))
                .isEqualTo(before);
        assertThat(restartHash(Servers.a().storage("2Gi", null))).isEqualTo(before);
        assertThat(restartHash(Servers.a().clientNamespaces("other"))).isEqualTo(before);
    }

    @Test
    void aLargerVolumeChangesNoPod() {
        assertThat(Servers.a().storage("2Gi", null).manifests().statefulSet())
                .isEqualTo(Servers.a().manifests().statefulSet());
    }

    private static String restartHash(Servers server) {
        return server.manifests()
                .statefulSet()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .getOrDefault(ServerManifests.RESTART_HASH, "");
    }
}
