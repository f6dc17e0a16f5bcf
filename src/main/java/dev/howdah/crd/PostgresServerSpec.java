package dev.howdah.crd;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs.
 *
 * @param version major version of PostgreSQL, as in {@code "17"}
 * @param image container image with PostgreSQL's binaries; absent means the official image of {@code version}
 * @param maxConnections connections for clients; what Howdah reserves for itself comes on top
 * @param initdbArgs allow-listed options of initdb, as in {@code --data-checksums}
 * @param settings allow-listed postgresql.conf values that override the derived ones
 * @param clientNamespaces namespaces whose pods may connect; kept up to date from the bindings
 */
public record PostgresServerSpec(
        String version,
        @Nullable String image,
        Resources resources,
        Storage storage,
        int maxConnections,
        @Nullable List<String> initdbArgs,
        @Nullable Map<String, String> settings,
        @Nullable Exposure exposure,
        @Nullable Scheduling scheduling,
        @Nullable List<String> clientNamespaces,
        @Nullable Engine engine) {

    /**
     * @param cpu CPU request as a Kubernetes quantity
     * @param cpuLimit CPU limit; equal to {@code cpu} gives the Guaranteed class, absent lets the server burst
     * @param memory memory request and limit
     */
    public record Resources(String cpu, @Nullable String cpuLimit, String memory) {}

    /** @param size a Kubernetes quantity; never shrinks */
    public record Storage(String size, @Nullable String storageClassName) {}

    /** How clients reach the server: the type of its Service. */
    public enum Exposure {
        ClusterIP,
        NodePort,
        LoadBalancer
    }

    /** What runs the server. */
    public enum Engine {
        StatefulSet
    }

    /** Where the pod may run; everything is copied into the pod template. */
    public record Scheduling(
            @Nullable Map<String, String> nodeSelector,
            @Nullable List<io.fabric8.kubernetes.api.model.Toleration> tolerations,
            @Nullable List<io.fabric8.kubernetes.api.model.TopologySpreadConstraint> topologySpreadConstraints,
            @Nullable String priorityClassName,
            @Nullable Map<String, String> podLabels) {}
}
