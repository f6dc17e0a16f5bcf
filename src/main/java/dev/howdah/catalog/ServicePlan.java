package dev.howdah.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan as an operator configured it (OSB, Service Plan Object), with the sizes that it stands for.
 *
 * @param id globally unique, never changes; a lower-case UUID
 * @param name unique in the offering, as in {@code premium}
 * @param server sizes of the server that an instance of this plan gets
 * @param asyncOnly whether provision, update and deprovision need {@code accepts_incomplete=true}
 * @param maintenanceVersion semantic version of what runs; absent means the plan has no maintenance_info
 * @param maximumPollingDuration after which an operation counts as failed
 * @param bindingExpiresAfter life of a binding's credentials; absent means for ever
 * @param updatesTo names of the plans an instance may change to; absent means every plan of the offering
 * @param retired whether it is no longer offered but still serves its instances
 */
public record ServicePlan(
        String id,
        String name,
        String description,
        boolean free,
        boolean bindable,
        boolean planUpdateable,
        boolean bindingRotatable,
        boolean asyncOnly,
        ServerSize server,
        @Nullable String maintenanceVersion,
        @Nullable String maintenanceDescription,
        Duration maximumPollingDuration,
        @Nullable Duration bindingExpiresAfter,
        @Nullable List<String> updatesTo,
        List<String> extensions,
        Map<String, Object> metadata,
        boolean retired) {

    /**
     * @param cpu CPU request, a Kubernetes quantity
     * @param cpuLimit CPU limit; absent lets the server burst
     * @param memory memory request and limit, a Kubernetes quantity
     * @param storage size of the volume, a Kubernetes quantity
     * @param maxStorage the most that the parameter {@code storage} may ask for; absent means it may not raise it
     * @param connections client connections
     * @param versions PostgreSQL major versions on offer, the default first
     * @param image container image, {@code {version}} stands for the major version; absent means the default of the servers' settings
     * @param scheduling copied into the pod template as it is (nodeSelector, tolerations, ...)
     * @param exposure ClusterIP, NodePort or LoadBalancer; absent means what howdah.exposure.type says
     * @param retained whether the volume stays when the instance is deprovisioned
     */
    public record ServerSize(
            String cpu,
            @Nullable String cpuLimit,
            String memory,
            String storage,
            @Nullable String maxStorage,
            @Nullable String storageClassName,
            int connections,
            List<String> versions,
            @Nullable String image,
            @Nullable Map<String, Object> scheduling,
            @Nullable String exposure,
            boolean retained) {

        /** The image that a server of this major version runs, fixed when an instance is made or moved to a maintenance version. */
        public @Nullable String imageOf(String version) {
            return image == null ? null : image.replace("{version}", version);
        }
    }
}
