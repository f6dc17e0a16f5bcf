package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresServerSpec.Scheduling;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerPodTest {

    @Test
    void podMayDoNothingThatAnUnprivilegedPodMayNot() {
        PodSpec pod = pod(Servers.a());

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(999);
        assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(999);
        assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(999);
        assertThat(pod.getSecurityContext().getFsGroupChangePolicy()).isEqualTo("OnRootMismatch");
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    @Test
    void containerMayDoNothingThatAnUnprivilegedContainerMayNot() {
        var context = container(Servers.a()).getSecurityContext();

        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getRunAsNonRoot()).isTrue();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    void openShiftChoosesUserAndGroup() {
        var context = Servers.a()
                .manifests(openshift())
                .statefulSet()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getSecurityContext();

        assertThat(context.getRunAsUser()).isNull();
        assertThat(context.getRunAsGroup()).isNull();
        assertThat(context.getFsGroup()).isNull();
        assertThat(context.getRunAsNonRoot()).isTrue();
    }

    @Test
    void memoryIsReservedAndCpuMayBurst() {
        var resources = container(Servers.a().resources("100m", null, "512Mi")).getResources();

        assertThat(resources.getRequests())
                .isEqualTo(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("512Mi")));
        assertThat(resources.getLimits()).isEqualTo(Map.of("memory", new Quantity("512Mi")));
    }

    @Test
    void equalRequestAndLimitGiveAGuaranteedPodWhoseBackendsDieFirst() {
        Container guaranteed = container(Servers.a().resources("1", "1000m", "1Gi"));

        assertThat(guaranteed.getResources().getLimits()).containsEntry("cpu", new Quantity("1000m"));
        assertThat(guaranteed.getEnv()).contains(new EnvVar("PG_OOM_ADJUST_VALUE", "0", null));
        assertThat(container(Servers.a()).getEnv()).extracting(EnvVar::getName).doesNotContain("PG_OOM_ADJUST_VALUE");
    }

    @Test
    void sharedMemoryIsPartOfTheMemoryLimit() {
        assertThat(pod(Servers.a().resources("1", null, "1Gi")).getVolumes())
                .filteredOn(volume -> volume.getName().equals("shm"))
                .extracting(Volume::getEmptyDir)
                .singleElement()
                .satisfies(shm -> {
                    assertThat(shm.getMedium()).isEqualTo("Memory");
                    assertThat(shm.getSizeLimit()).isEqualTo(new Quantity("128Mi"));
                });
    }

    @Test
    void pathsComeFromTheEnvironmentAndThePortIsTheServices() {
        assertThat(container(Servers.a()).getEnv())
                .contains(
                        new EnvVar("PG_MAJOR", "17", null),
                        new EnvVar("PGPORT", "5432", null),
                        new EnvVar("PGDATA", "/howdah/data/pgdata", null),
                        new EnvVar("HOWDAH_LISTEN", "*", null))
                .extracting(EnvVar::getName)
                .contains("HOWDAH_CONFIG", "HOWDAH_TLS", "HOWDAH_ADMIN", "HOWDAH_RUN");
    }

    @Test
    void nothingIsMountedWhereOfficialImagesDeclareVolumes() {
        assertThat(container(Servers.a()).getVolumeMounts())
                .noneMatch(mount -> mount.getMountPath().startsWith("/var/lib/postgresql"));
    }

    @Test
    void recoveryHasADayAndSteadyStateRunsNoProgram() {
        Container container = container(Servers.a());

        assertThat(container.getStartupProbe().getPeriodSeconds()
                        * container.getStartupProbe().getFailureThreshold())
                .isEqualTo(86_400);
        assertThat(container.getLivenessProbe().getTcpSocket()).isNotNull();
        assertThat(container.getReadinessProbe().getTcpSocket()).isNotNull();
        assertThat(container.getReadinessProbe().getPeriodSeconds()).isEqualTo(2);
    }

    @Test
    void shutdownStartsWithACheckpointAndHasTime() {
        assertThat(container(Servers.a()).getLifecycle().getPreStop().getExec().getCommand())
                .containsExactly("/bin/sh", "/howdah/config/stop.sh");
        assertThat(pod(Servers.a()).getTerminationGracePeriodSeconds())
                .isEqualTo(Duration.ofMinutes(5).toSeconds());
    }

    @Test
    void schedulingIsCopied() {
        Toleration toleration = new TolerationBuilder()
                .withKey("dedicated")
                .withOperator("Exists")
                .build();
        Scheduling scheduling = new Scheduling(
                Map.of("disk", "ssd"),
                List.of(toleration),
                List.of(),
                "high",
                Map.of("team", "a", "howdah.dev/server", "x"));

        PodTemplateSpec template = template(Servers.a().scheduling(scheduling));

        assertThat(template.getSpec().getNodeSelector()).isEqualTo(Map.of("disk", "ssd"));
        assertThat(template.getSpec().getTolerations()).containsExactly(toleration);
        assertThat(template.getSpec().getPriorityClassName()).isEqualTo("high");
        assertThat(template.getMetadata().getLabels())
                .containsEntry("team", "a")
                .containsEntry("howdah.dev/server", "pg-1");
    }

    @Test
    void aSpreadConstraintWithoutSelectorCountsTheServers() {
        Scheduling scheduling = new Scheduling(
                null,
                null,
                List.of(new TopologySpreadConstraintBuilder()
                        .withMaxSkew(1)
                        .withTopologyKey("topology.kubernetes.io/zone")
                        .withWhenUnsatisfiable("ScheduleAnyway")
                        .build()),
                null,
                null);

        assertThat(pod(Servers.a().scheduling(scheduling)).getTopologySpreadConstraints())
                .singleElement()
                .satisfies(
                        constraint -> assertThat(constraint.getLabelSelector().getMatchLabels())
                                .containsEntry("app.kubernetes.io/managed-by", "howdah"));
    }

    private static WorkloadSettings openshift() {
        WorkloadSettings defaults = WorkloadSettings.defaults();
        return new WorkloadSettings(
                defaults.image(),
                defaults.images(),
                defaults.imagePullPolicy(),
                defaults.imagePullSecrets(),
                true,
                defaults.userId(),
                defaults.clusterDomain(),
                defaults.nodeHost(),
                defaults.terminationGracePeriod(),
                defaults.networkPolicy());
    }

    private static PodTemplateSpec template(Servers server) {
        return server.manifests().statefulSet().getSpec().getTemplate();
    }

    private static PodSpec pod(Servers server) {
        return template(server).getSpec();
    }

    private static Container container(Servers server) {
        return pod(server).getContainers().getFirst();
    }
}
