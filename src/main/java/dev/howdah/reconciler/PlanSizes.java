package dev.howdah.reconciler;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.catalog.Catalog;
import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.catalog.ServicePlan.ServerSize;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresInstanceSpec.DeletionPolicy;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import dev.howdah.crd.PostgresServerSpec.Resources;
import dev.howdah.crd.PostgresServerSpec.Scheduling;
import dev.howdah.crd.PostgresServerSpec.Storage;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills in a hand-written instance that names just its plan. Done once: editing the catalog changes no instance. */
final class PlanSizes {
    /** What came of looking for the plan. */
    sealed interface Outcome {
        record Resolved(PostgresInstanceSpec spec) implements Outcome {}

        record UnknownPlan(String message) implements Outcome {}
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Catalog catalog;
    private final Exposure exposure;

    PlanSizes(Catalog catalog, Exposure exposure) {
        this.catalog = catalog;
        this.exposure = exposure;
    }

    Outcome resolve(PostgresInstanceSpec spec) {
        return catalog.offerings().stream()
                .filter(offering -> spec.offering() == null || offering.name().equals(spec.offering()))
                .flatMap(offering -> offering.planByName(spec.plan()).stream())
                .findFirst()
                .<Outcome>map(plan -> new Outcome.Resolved(with(spec, plan)))
                .orElseGet(
                        () -> new Outcome.UnknownPlan("there is no plan " + spec.plan() + "; there are: " + known()));
    }

    private String known() {
        return catalog.offerings().stream()
                .filter(offering -> !offering.retired())
                .flatMap(offering -> offering.plans().stream()
                        .filter(plan -> !plan.retired())
                        .map(plan -> name(offering, plan)))
                .collect(Collectors.joining(", "));
    }

    private static String name(ServiceOffering offering, ServicePlan plan) {
        return plan.name() + " (" + offering.name() + ")";
    }

    private PostgresInstanceSpec with(PostgresInstanceSpec spec, ServicePlan plan) {
        return new PostgresInstanceSpec(
                spec.offering(),
                spec.plan(),
                server(plan.server()),
                spec.database(),
                spec.extensions(),
                Optional.ofNullable(spec.maintenanceVersion()).orElse(plan.maintenanceVersion()),
                Optional.ofNullable(spec.operationTimeoutSeconds())
                        .orElse(Math.toIntExact(plan.maximumPollingDuration().toSeconds())),
                Optional.ofNullable(spec.deletionPolicy())
                        .orElse(plan.server().retained() ? DeletionPolicy.Retain : DeletionPolicy.Delete),
                spec.request());
    }

    private PostgresServerSpec server(ServerSize size) {
        return new PostgresServerSpec(
                size.versions().getFirst(),
                size.imageOf(size.versions().getFirst()),
                new Resources(size.cpu(), size.cpuLimit(), size.memory()),
                new Storage(size.storage(), size.storageClassName()),
                size.connections(),
                null,
                null,
                size.exposure() == null ? exposure : Exposure.valueOf(size.exposure()),
                scheduling(size),
                null,
                null);
    }

    private static @Nullable Scheduling scheduling(ServerSize size) {
        return size.scheduling() == null ? null : JSON.convertValue(size.scheduling(), Scheduling.class);
    }
}
