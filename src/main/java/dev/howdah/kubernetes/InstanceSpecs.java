package dev.howdah.kubernetes;

import dev.howdah.broker.OriginatingIdentity;
import dev.howdah.broker.ProvisionRequest;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresServerSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a request to provision as the spec of its custom resource. Pure. */
final class InstanceSpecs {
    private final PostgresServerSpec.Exposure exposure;

    InstanceSpecs(PostgresServerSpec.Exposure exposure) {
        this.exposure = exposure;
    }

    Resolution resolve(ProvisionRequest request) {
        try {
            return new Resolution.Resolved(spec(request));
        } catch (IllegalArgumentException unfit) {
            return new Resolution.Refused(String.valueOf(unfit.getMessage()));
        }
    }

    private PostgresInstanceSpec spec(ProvisionRequest request) {
        ServicePlan plan = request.plan();
        InstanceParameters parameters =
                InstanceParameters.of(request.parameters() == null ? Map.of() : request.parameters());
        return new PostgresInstanceSpec(
                request.offering().name(),
                plan.name(),
                server(plan, parameters),
                parameters.database(),
                parameters.extensions(),
                plan.maintenanceVersion(),
                (int) plan.maximumPollingDuration().toSeconds(),
                plan.server().retained() ? PostgresInstanceSpec.DeletionPolicy.Retain : null,
                request(request));
    }

    private PostgresServerSpec server(ServicePlan plan, InstanceParameters parameters) {
        String version = version(plan, parameters.version());
        return new PostgresServerSpec(
                version,
                plan.server().imageOf(version),
                Sizes.resources(plan),
                new PostgresServerSpec.Storage(
                        storage(plan, parameters.storage()), plan.server().storageClassName()),
                plan.server().connections(),
                parameters.initdbArgs(),
                parameters.settings(),
                Sizes.exposure(plan).orElse(exposure),
                Sizes.scheduling(plan),
                null,
                null);
    }

    private static String version(ServicePlan plan, @Nullable String asked) {
        List<String> versions = plan.server().versions();
        if (asked != null && !versions.contains(asked)) {
            throw new IllegalArgumentException("version: the plan %s offers %s".formatted(plan.name(), versions));
        }
        return asked == null ? versions.getFirst() : asked;
    }

    private static String storage(ServicePlan plan, @Nullable String asked) {
        String least = plan.server().storage();
        String most = Sizes.mostStorage(plan);
        if (asked != null && (Sizes.compare(asked, least) < 0 || Sizes.compare(asked, most) > 0)) {
            throw new IllegalArgumentException(
                    "storage: the plan %s allows %s to %s".formatted(plan.name(), least, most));
        }
        return asked == null ? least : asked;
    }

    private static OsbRequest request(ProvisionRequest request) {
        return new OsbRequest(
                request.instanceId().value(),
                null,
                request.offering().id(),
                request.plan().id(),
                request.organizationGuid(),
                request.spaceGuid(),
                Json.tree(request.parameters()),
                Json.tree(request.context()),
                null,
                identity(request.originatingIdentity()),
                null,
                null,
                null);
    }

    /** Platforms agree on these fields only (OSB profile, Originating Identity Header). */
    static OsbRequest.@Nullable OriginatingIdentity identity(@Nullable OriginatingIdentity identity) {
        if (identity == null) {
            return null;
        }
        Map<String, Object> value = identity.value();
        return new OsbRequest.OriginatingIdentity(
                identity.platform(),
                text(value.get("username")),
                text(value.getOrDefault("uid", value.getOrDefault("user_id", null))),
                value.get("groups") instanceof List<?> groups
                        ? groups.stream().map(String::valueOf).toList()
                        : null);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
