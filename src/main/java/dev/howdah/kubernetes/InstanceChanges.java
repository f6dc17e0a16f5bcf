package dev.howdah.kubernetes;

import dev.howdah.broker.UpdateRequest;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresServerSpec;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes the spec that an update asks for. Pure. */
final class InstanceChanges {
    private InstanceChanges() {}

    static InstanceChange of(PostgresInstanceSpec spec, OsbRequest kept, UpdateRequest request) {
        if (!request.offering().id().equals(kept.serviceId())) {
            return new InstanceChange.Invalid("service_id is not that of the instance");
        }
        Optional<ServicePlan> newPlan = newPlan(kept, request);
        Optional<String> refusal = newPlan.flatMap(plan -> refusal(kept, plan, request));
        if (refusal.isPresent()) {
            return new InstanceChange.NotPossible(refusal.get());
        }
        try {
            return decide(spec, changed(spec, kept, newPlan, request));
        } catch (ImpossibleChange impossible) {
            return new InstanceChange.NotPossible(String.valueOf(impossible.getMessage()));
        } catch (IllegalArgumentException unfit) {
            return new InstanceChange.Invalid(String.valueOf(unfit.getMessage()));
        }
    }

    /** The same update again, after it failed: nothing else changes, but the reconciler sees a new generation and begins anew. */
    static PostgresInstanceSpec again(PostgresInstanceSpec spec, OsbRequest kept) {
        int attempts = Optional.ofNullable(kept.attempt()).orElse(0);
        return withRequest(spec, kept.withAttempt(attempts + 1));
    }

    /** Empty if the plan stays. */
    private static Optional<ServicePlan> newPlan(OsbRequest kept, UpdateRequest request) {
        return Optional.ofNullable(request.plan()).filter(plan -> !plan.id().equals(kept.planId()));
    }

    private static Optional<String> refusal(OsbRequest kept, ServicePlan plan, UpdateRequest request) {
        Optional<ServicePlan> current = request.offering().planById(kept.planId());
        boolean updateable = current.map(ServicePlan::planUpdateable)
                .orElse(request.offering().planUpdateable());
        String from = current.map(ServicePlan::name).orElse(kept.planId());
        if (!updateable) {
            return Optional.of("The plan %s cannot be changed to another one".formatted(from));
        }
        return current.map(ServicePlan::updatesTo)
                .filter(names -> !names.contains(plan.name()))
                .map(names -> "The plan %s can be changed to %s only".formatted(from, names));
    }

    private static InstanceChange decide(PostgresInstanceSpec now, PostgresInstanceSpec wanted) {
        if (wanted.equals(now)) {
            return new InstanceChange.None();
        }
        return withRequest(wanted, now.request()).equals(now)
                ? new InstanceChange.RequestOnly(wanted)
                : new InstanceChange.Effective(wanted);
    }

    private static PostgresInstanceSpec changed(
            PostgresInstanceSpec spec, OsbRequest kept, Optional<ServicePlan> newPlan, UpdateRequest request) {
        MergedParameters merged = MergedParameters.of(Json.map(kept.parameters()), request.parameters());
        PostgresServerSpec server = ServerChange.of(spec, request, newPlan, merged);
        return new PostgresInstanceSpec(
                spec.offering(),
                newPlan.map(ServicePlan::name).orElse(spec.plan()),
                server,
                spec.database(),
                merged.extensions(spec.extensions()),
                Optional.ofNullable(request.maintenanceVersion())
                        .or(() -> newPlan.map(ServicePlan::maintenanceVersion))
                        .orElse(spec.maintenanceVersion()),
                newPlan.map(plan -> (int) plan.maximumPollingDuration().toSeconds())
                        .orElse(spec.operationTimeoutSeconds()),
                spec.deletionPolicy(),
                changedRequest(kept, newPlan, merged, request.context()));
    }

    private static OsbRequest changedRequest(
            OsbRequest kept,
            Optional<ServicePlan> newPlan,
            MergedParameters merged,
            @Nullable Map<String, Object> context) {
        var parameters = merged.changes(kept.parameters()) ? Json.tree(merged.values()) : kept.parameters();
        var newContext =
                context == null || Json.same(Json.tree(context), kept.context()) ? kept.context() : Json.tree(context);
        return kept.updated(newPlan.map(ServicePlan::id).orElse(kept.planId()), parameters, newContext);
    }

    private static PostgresInstanceSpec withRequest(PostgresInstanceSpec spec, @Nullable OsbRequest request) {
        return new PostgresInstanceSpec(
                spec.offering(),
                spec.plan(),
                spec.server(),
                spec.database(),
                spec.extensions(),
                spec.maintenanceVersion(),
                spec.operationTimeoutSeconds(),
                spec.deletionPolicy(),
                request);
    }
}
