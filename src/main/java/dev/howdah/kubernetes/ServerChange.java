package dev.howdah.kubernetes;

import dev.howdah.broker.UpdateRequest;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresServerSpec;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that an update asks for. A new plan, or a new maintenance version, brings the sizes that the catalog has today; other
 * updates change what they name and nothing else. What cannot change (version, initdb options, storage class) stays.
 */
final class ServerChange {
    private ServerChange() {}

    /** @throws ImpossibleChange if no server can make it */
    static @Nullable PostgresServerSpec of(
            PostgresInstanceSpec spec, UpdateRequest request, Optional<ServicePlan> newPlan, MergedParameters merged) {
        PostgresServerSpec now = spec.server();
        if (now == null) {
            throw new ImpossibleChange("The instance has no sizes yet; try again when it is ready");
        }
        Optional<ServicePlan> fresh =
                newPlan.or(() -> maintained(spec, request).flatMap(name -> planOf(spec, request)));
        Optional<ServicePlan> limits = newPlan.or(() -> planOf(spec, request));
        InstanceParameters parameters = merged.parameters();
        fresh.ifPresent(plan -> requireVersion(now, plan));
        return new PostgresServerSpec(
                now.version(),
                fresh.isPresent() ? fresh.get().server().imageOf(now.version()) : now.image(),
                fresh.map(Sizes::resources).orElse(now.resources()),
                new PostgresServerSpec.Storage(
                        storage(now, fresh, limits, merged, parameters.storage()),
                        now.storage().storageClassName()),
                fresh.map(plan -> plan.server().connections()).orElse(now.maxConnections()),
                now.initdbArgs(),
                merged.names("settings") ? settings(parameters) : now.settings(),
                now.exposure(),
                fresh.isPresent() ? Sizes.scheduling(fresh.get()) : now.scheduling(),
                now.clientNamespaces(),
                now.engine());
    }

    /** The maintenance version to move to, if it is another one. */
    private static Optional<String> maintained(PostgresInstanceSpec spec, UpdateRequest request) {
        return Optional.ofNullable(request.maintenanceVersion())
                .filter(version -> !version.equals(spec.maintenanceVersion()));
    }

    private static Optional<ServicePlan> planOf(PostgresInstanceSpec spec, UpdateRequest request) {
        return request.offering().planByName(spec.plan());
    }

    private static void requireVersion(PostgresServerSpec now, ServicePlan plan) {
        if (!plan.server().versions().contains(now.version())) {
            throw new ImpossibleChange("The plan %s has PostgreSQL %s, and the instance runs %s"
                    .formatted(plan.name(), plan.server().versions(), now.version()));
        }
    }

    private static @Nullable Map<String, String> settings(InstanceParameters parameters) {
        Map<String, String> settings = parameters.settings();
        return settings == null || settings.isEmpty() ? null : settings;
    }

    private static String storage(
            PostgresServerSpec now,
            Optional<ServicePlan> fresh,
            Optional<ServicePlan> limits,
            MergedParameters merged,
            @Nullable String asked) {
        String size = now.storage().size();
        if (merged.names("storage") && asked != null && Sizes.compare(asked, size) < 0) {
            throw new ImpossibleChange("storage: a volume never shrinks, and this one has %s".formatted(size));
        }
        String wanted = fresh.map(plan -> Sizes.largest(size, plan.server().storage()))
                .map(planned -> Sizes.largest(planned, asked))
                .orElse(Sizes.largest(size, asked));
        limits.filter(plan -> fresh.isPresent() || merged.names("storage"))
                .filter(plan -> Sizes.compare(wanted, Sizes.mostStorage(plan)) > 0)
                .ifPresent(plan -> {
                    throw new ImpossibleChange("The plan %s allows %s of storage at most, and the volume %s %s"
                            .formatted(
                                    plan.name(),
                                    Sizes.mostStorage(plan),
                                    wanted.equals(size) ? "already has" : "would have",
                                    wanted));
                });
        return wanted;
    }
}
