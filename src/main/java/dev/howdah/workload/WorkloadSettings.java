package dev.howdah.workload;

import dev.howdah.crd.PostgresServerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this cluster runs servers: what holds for all of them and is no plan's business.
 *
 * @param image default image; {@code {version}} stands for the major version
 * @param images images of single major versions, as in {@code 17: registry.example/postgres:17.6}; they win over {@code image}
 * @param imagePullPolicy Always, IfNotPresent or Never
 * @param imagePullSecrets names of Secrets in the servers' namespace
 * @param openshift leave user id and fsGroup out of the pod, because OpenShift chooses them
 * @param userId user, group and fsGroup of the pod; 999 is postgres in the official images
 * @param clusterDomain DNS domain of the Kubernetes cluster
 * @param nodeHost host name or address under which clients reach node ports; absent means none is announced
 * @param terminationGracePeriod how long a server may take to shut down before it is killed
 * @param networkPolicy who may connect
 */
@ConfigurationProperties(value = "howdah.workload", ignoreUnknownFields = false)
public record WorkloadSettings(
        @DefaultValue("docker.io/library/postgres:{version}")
        String image,

        @DefaultValue Map<String, String> images,
        @DefaultValue("IfNotPresent") String imagePullPolicy,
        @DefaultValue List<String> imagePullSecrets,
        @DefaultValue("false") boolean openshift,
        @DefaultValue("999") long userId,
        @DefaultValue("cluster.local") String clusterDomain,
        @Nullable String nodeHost,
        @DefaultValue("5m") Duration terminationGracePeriod,
        @DefaultValue NetworkPolicySettings networkPolicy) {
    private static final Set<String> PULL_POLICIES = Set.of("Always", "IfNotPresent", "Never");

    public WorkloadSettings {
        if (image.isBlank()) {
            throw new IllegalArgumentException(
                    "howdah.workload.image is empty: use an image, as in docker.io/library/postgres:{version}");
        }
        if (!PULL_POLICIES.contains(imagePullPolicy)) {
            throw new IllegalArgumentException("howdah.workload.image-pull-policy is '" + imagePullPolicy
                    + "': use Always, IfNotPresent or Never");
        }
        if (userId < 1) {
            throw new IllegalArgumentException("howdah.workload.user-id is " + userId + ": use 1 or more");
        }
        if (clusterDomain.isBlank()) {
            throw new IllegalArgumentException(
                    "howdah.workload.cluster-domain is empty: use a domain, as in cluster.local");
        }
    }

    /** The settings of a cluster that configures nothing. */
    public static WorkloadSettings defaults() {
        return new WorkloadSettings(
                "docker.io/library/postgres:{version}",
                Map.of(),
                "IfNotPresent",
                List.of(),
                false,
                999,
                "cluster.local",
                null,
                Duration.ofMinutes(5),
                new NetworkPolicySettings(
                        true, null, Map.of("app.kubernetes.io/name", "howdah"), List.of(), List.of()));
    }

    /** The image a server runs: its own, or the default of its major version. */
    public String imageOf(PostgresServerSpec spec) {
        String image = spec.image();
        if (image != null) {
            return image;
        }
        String version = spec.version();
        return images.getOrDefault(version, this.image.replace("{version}", version));
    }

    /**
     * Who may connect to a server, besides the pods of the namespaces in its spec. All selectors add up.
     *
     * @param enabled whether servers get a NetworkPolicy at all
     * @param brokerNamespace namespace Howdah runs in; absent means any that has pods with {@code brokerPodLabels}
     * @param brokerPodLabels labels of Howdah's own pods
     * @param openTo networks (CIDR) outside the cluster that may connect; a server exposed beyond the cluster is open to all if none is named
     * @param openToNamespaces names of namespaces whose pods may connect to every server
     */
    public record NetworkPolicySettings(
            @DefaultValue("true") boolean enabled,
            @Nullable String brokerNamespace,
            @Nullable Map<String, String> brokerPodLabels,
            @DefaultValue List<String> openTo,
            @DefaultValue List<String> openToNamespaces) {
        private static final Pattern NETWORK = Pattern.compile("[0-9a-fA-F.:]+/\\d{1,3}");

        public NetworkPolicySettings {
            for (String network : openTo) {
                if (!NETWORK.matcher(network).matches()) {
                    throw new IllegalArgumentException("howdah.workload.network-policy.open-to has '" + network
                            + "': use networks, as in 192.0.2.0/24 or 2001:db8::/32");
                }
            }
            brokerPodLabels = brokerPodLabels == null || brokerPodLabels.isEmpty()
                    ? Map.of("app.kubernetes.io/name", "howdah")
                    : Map.copyOf(brokerPodLabels);
        }
    }
}
