package dev.howdah.workload;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerSpec.Scheduling;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pod of a server: one container, one volume, nothing an unprivileged pod may not have (Pod Security "restricted"). */
final class ServerPod {

    static final String PORT_NAME = "postgresql";

    private static final Scheduling ANYWHERE = new Scheduling(null, null, null, null, null);

    private final PostgresServer server;
    private final WorkloadSettings settings;
    private final ServerMetadata metadata;

    ServerPod(PostgresServer server, WorkloadSettings settings) {
        this.server = server;
        this.settings = settings;
        this.metadata = new ServerMetadata(server);
    }

    PodTemplateSpec template(ConfigurationFiles files) {
        return new PodTemplateSpecBuilder()
                .withMetadata(podMetadata(files))
                .withSpec(spec())
                .build();
    }

    private ObjectMeta podMetadata(ConfigurationFiles files) {
        Map<String, String> labels = new TreeMap<>(orEmpty(scheduling().podLabels()));
        labels.putAll(metadata.labels());
        String image = settings.imageOf(server.getSpec());
        return new ObjectMetaBuilder()
                .withLabels(labels)
                .withAnnotations(Map.of(
                        ServerManifests.RESTART_HASH,
                        files.restartHash(image),
                        "kubectl.kubernetes.io/default-container",
                        ServerManifests.CONTAINER))
                .build();
    }

    private PodSpec spec() {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(securityContext())
                .withTerminationGracePeriodSeconds(
                        settings.terminationGracePeriod().toSeconds())
                .withImagePullSecrets(settings.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNodeSelector(scheduling().nodeSelector())
                .withTolerations(orEmpty(scheduling().tolerations()))
                .withTopologySpreadConstraints(orEmpty(scheduling().topologySpreadConstraints()).stream()
                        .map(this::amongServers)
                        .toList())
                .withPriorityClassName(scheduling().priorityClassName())
                .withContainers(new ServerContainer(server.getSpec(), settings).build())
                .withVolumes(ServerVolumes.of(server))
                .build();
    }

    private PodSecurityContext securityContext() {
        PodSecurityContextBuilder context = new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
        if (settings.openshift()) {
            return context.build();
        }
        return context.withRunAsUser(settings.userId())
                .withRunAsGroup(settings.userId())
                .withFsGroup(settings.userId())
                // Walking through a large volume at every start would take longer than the start.
                .withFsGroupChangePolicy("OnRootMismatch")
                .build();
    }

    /** A constraint without a selector spreads nothing; what an operator means by it is: among the servers of Howdah. */
    private TopologySpreadConstraint amongServers(TopologySpreadConstraint constraint) {
        return constraint.getLabelSelector() != null
                ? constraint
                : new TopologySpreadConstraintBuilder(constraint)
                        .withNewLabelSelector()
                        .withMatchLabels(Map.of(
                                "app.kubernetes.io/managed-by", "howdah", "app.kubernetes.io/name", "postgresql"))
                        .endLabelSelector()
                        .build();
    }

    private Scheduling scheduling() {
        PostgresServerSpec spec = server.getSpec();
        return Optional.ofNullable(spec.scheduling()).orElse(ANYWHERE);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
