package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.initdbArgs) == has(oldSelf.initdbArgs)"
                + " && (!has(self.initdbArgs) || self.initdbArgs == oldSelf.initdbArgs)",
        message = "initdbArgs only work when the data directory is made and are fixed afterwards",
        fieldPath = ".initdbArgs")
public record PostgresServerSpec(
        @Required
        @Size(min = 1, max = 8)
        @Pattern("^[1-9][0-9]$")
        @ValidationRule(
                value = "self == oldSelf",
                message = "the major version is fixed: another one cannot read the data directory")
        @JsonPropertyDescription("Major version of PostgreSQL, as in 17.")
        String version,

        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "Container image with PostgreSQL's binaries; the official image of the version when absent.")
        @Nullable
        String image,

        @Required Resources resources,

        @Required Storage storage,

        @Required
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("Connections for clients; what Howdah reserves for itself comes on top.")
        int maxConnections,

        @Size(max = 20) @JsonPropertyDescription("Options of initdb, as in --data-checksums.") @Nullable
        List<@Size(min = 1, max = 128) String> initdbArgs,

        @JsonPropertyDescription("Values of postgresql.conf that override the derived ones.") @Nullable
        Map<String, String> settings,

        @JsonPropertyDescription("Type of the Service through which clients connect; ClusterIP when absent.") @Nullable
        Exposure exposure,

        @JsonPropertyDescription("Where the pod may run.") @Nullable
        Scheduling scheduling,

        @JsonPropertyDescription("Namespaces whose pods may connect; kept up to date from the bindings.") @Nullable
        List<String> clientNamespaces,

        @JsonPropertyDescription("What runs the server; StatefulSet when absent.") @Nullable
        Engine engine) {

    /**
     * @param cpu CPU request as a Kubernetes quantity
     * @param cpuLimit CPU limit; equal to {@code cpu} gives the Guaranteed class, absent lets the server burst
     * @param memory memory request and limit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resources(
            @Required
            @Size(min = 1, max = 32)
            @ValidationRule(
                    value = "isQuantity(self) && quantity(self).isGreaterThan(quantity('0'))",
                    message = "must be a positive quantity, as in 500m")
            @JsonPropertyDescription("CPU request.")
            String cpu,

            @Size(min = 1, max = 32)
            @ValidationRule(
                    value = "isQuantity(self) && quantity(self).isGreaterThan(quantity('0'))",
                    message = "must be a positive quantity, as in 500m")
            @JsonPropertyDescription("CPU limit; the server may burst when it is absent.")
            @Nullable
            String cpuLimit,

            @Required
            @Size(min = 1, max = 32)
            @ValidationRule(
                    value = "isQuantity(self) && quantity(self).isGreaterThan(quantity('0'))",
                    message = "must be a positive quantity, as in 256Mi")
            @JsonPropertyDescription("Memory request and limit.")
            String memory) {}

    /** @param size a Kubernetes quantity; never shrinks */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.storageClassName) == has(oldSelf.storageClassName)"
                    + " && (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)",
            message = "the storage class of a volume is fixed",
            fieldPath = ".storageClassName")
    public record Storage(
            @Required
            @Size(min = 1, max = 32)
            @ValidationRule(
                    value = "isQuantity(self) && quantity(self).isGreaterThan(quantity('0'))",
                    message = "must be a positive quantity, as in 10Gi")
            @ValidationRule(
                    value = "!isQuantity(self) || !isQuantity(oldSelf)"
                            + " || quantity(self).compareTo(quantity(oldSelf)) >= 0",
                    message = "a volume never shrinks")
            @JsonPropertyDescription("Size of the volume; never shrinks.")
            String size,

            @Size(min = 1, max = 253)
            @JsonPropertyDescription("Storage class of the volume; the cluster's default when absent.")
            @Nullable
            String storageClassName) {}

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
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Scheduling(
            @Nullable Map<String, String> nodeSelector,
            @Nullable List<io.fabric8.kubernetes.api.model.Toleration> tolerations,
            @Nullable List<io.fabric8.kubernetes.api.model.TopologySpreadConstraint> topologySpreadConstraints,
            @Nullable String priorityClassName,
            @Nullable Map<String, String> podLabels) {}
}
