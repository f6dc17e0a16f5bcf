package dev.howdah.workload;

import dev.howdah.crd.PostgresServerSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pod's container. */
final class ServerContainer {

    private final PostgresServerSpec spec;
    private final WorkloadSettings settings;

    ServerContainer(PostgresServerSpec spec, WorkloadSettings settings) {
        this.spec = spec;
        this.settings = settings;
    }

    Container build() {
        return new ContainerBuilder()
                .withName(ServerManifests.CONTAINER)
                .withImage(settings.imageOf(spec))
                .withImagePullPolicy(settings.imagePullPolicy())
                .withCommand("/bin/sh", script(ConfigurationFiles.START))
                .withEnv(environment())
                .addNewPort()
                .withName(ServerPod.PORT_NAME)
                .withContainerPort(ServerManifests.PORT)
                .withProtocol("TCP")
                .endPort()
                .withResources(resources())
                .withSecurityContext(securityContext())
                .withVolumeMounts(ServerVolumes.mounts())
                .withStartupProbe(startupProbe())
                .withLivenessProbe(livenessProbe())
                .withReadinessProbe(readinessProbe())
                .withNewLifecycle()
                .withNewPreStop()
                .withNewExec()
                .withCommand("/bin/sh", script(ConfigurationFiles.STOP))
                .endExec()
                .endPreStop()
                .endLifecycle()
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build();
    }

    private List<EnvVar> environment() {
        List<EnvVar> environment = new ArrayList<>();
        environment.add(new EnvVar("PG_MAJOR", spec.version(), null));
        environment.add(new EnvVar("PGPORT", Integer.toString(ServerManifests.PORT), null));
        environment.add(new EnvVar("HOWDAH_LISTEN", "*", null));
        environment.addAll(ServerVolumes.environment());
        if (isGuaranteed()) {
            // The kernel shields a Guaranteed pod; this lifts the shield from the backends, so that one of them is
            // killed
            // and not the postmaster. (PostgreSQL manual, "Linux Memory Overcommit".)
            environment.add(new EnvVar("PG_OOM_ADJUST_FILE", "/proc/self/oom_score_adj", null));
            environment.add(new EnvVar("PG_OOM_ADJUST_VALUE", "0", null));
        }
        return environment;
    }

    private ResourceRequirements resources() {
        Quantity memory = new Quantity(spec.resources().memory());
        Map<String, Quantity> requests =
                new TreeMap<>(Map.of("cpu", new Quantity(spec.resources().cpu()), "memory", memory));
        Map<String, Quantity> limits = new TreeMap<>(Map.of("memory", memory));
        String cpuLimit = spec.resources().cpuLimit();
        if (cpuLimit != null) {
            limits.put("cpu", new Quantity(cpuLimit));
        }
        return new ResourceRequirementsBuilder()
                .withRequests(requests)
                .withLimits(limits)
                .build();
    }

    private boolean isGuaranteed() {
        String limit = spec.resources().cpuLimit();
        return limit != null
                && new Quantity(limit).equals(new Quantity(spec.resources().cpu()));
    }

    private static SecurityContext securityContext() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    /**
     * Succeeds when the server accepts connections. It has a day, because recovery must never be cut short. Only this probe
     * runs a program in the container: that costs the node 0.2 CPU seconds each time, too much for all of a server's life.
     */
    private static Probe startupProbe() {
        return new ProbeBuilder()
                .withNewExec()
                .withCommand("/bin/sh", script(ConfigurationFiles.STARTED))
                .endExec()
                .withPeriodSeconds(1)
                .withTimeoutSeconds(5)
                .withFailureThreshold(86_400)
                .build();
    }

    /** The postmaster answers at all; a server that refuses sessions for a while is alive. */
    private static Probe livenessProbe() {
        return portProbe().withPeriodSeconds(10).withFailureThreshold(6).build();
    }

    private static Probe readinessProbe() {
        return portProbe().withPeriodSeconds(2).withFailureThreshold(2).build();
    }

    private static ProbeBuilder portProbe() {
        return new ProbeBuilder()
                .withNewTcpSocket()
                .withNewPort(ServerPod.PORT_NAME)
                .endTcpSocket()
                .withTimeoutSeconds(5);
    }

    private static String script(String name) {
        return ServerVolumes.CONFIG + "/" + name;
    }
}
