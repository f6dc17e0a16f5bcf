package dev.howdah.kubernetes;

import dev.howdah.broker.BindOutcome;
import dev.howdah.broker.BindRequest;
import dev.howdah.catalog.Catalog;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request to bind against its instance and its predecessor. An instance that is busy is waited for: a platform takes a
 * refused binding for a failed one and never tries again.
 */
final class BindingCreation {
    private final WatchedResources<PostgresInstance> instances;
    private final ResourceStore<PostgresBinding> bindings;
    private final Catalog catalog;
    private final AnswerSettings answers;
    private final BindingSpecs specs;
    private final Clock clock;

    BindingCreation(
            WatchedResources<PostgresInstance> instances,
            ResourceStore<PostgresBinding> bindings,
            Catalog catalog,
            AnswerSettings answers,
            Clock clock) {
        this.instances = instances;
        this.bindings = bindings;
        this.catalog = catalog;
        this.answers = answers;
        this.specs = new BindingSpecs(clock);
        this.clock = clock;
    }

    Creation check(BindRequest request) {
        Optional<OwnInstance> found = OwnInstance.find(instances.store(), request.instanceId());
        if (found.isEmpty()) {
            return new Creation.Denied(new BindOutcome.InstanceNotFound());
        }
        OwnInstance instance = found.get();
        ServicePlan plan = plan(instance.request());
        Optional<String> problem = problem(request, instance.request(), plan);
        if (problem.isPresent()) {
            return invalid(problem.get());
        }
        return switch (predecessor(request, plan)) {
            case Predecessor.Unfit(String reason) -> invalid(reason);
            case Predecessor.Unfinished(String reason) -> busy(reason);
            case Predecessor.None() -> whenUsable(request, instance, plan, null);
            case Predecessor.Usable(PostgresBinding binding) -> whenUsable(request, instance, plan, binding);
        };
    }

    private Creation whenUsable(
            BindRequest request, OwnInstance known, @Nullable ServicePlan plan, @Nullable PostgresBinding predecessor) {
        Optional<PostgresInstance> now = isUsable(known.resource())
                ? Optional.of(known.resource())
                : instances
                        .watch()
                        .await(known.resource(), BindingCreation::isSettled, new Patience(answers.bindWait(), false));
        if (now.isEmpty()) {
            return new Creation.Denied(new BindOutcome.InstanceNotFound());
        }
        return isUsable(now.get()) || canWait(request, now.get())
                ? allowed(request, known, plan, predecessor)
                : busy(reason(now.get()));
    }

    private Creation allowed(
            BindRequest request,
            OwnInstance instance,
            @Nullable ServicePlan plan,
            @Nullable PostgresBinding predecessor) {
        try {
            return new Creation.Allowed(specs.spec(request, instance, plan, predecessor));
        } catch (IllegalArgumentException unfit) {
            return invalid(String.valueOf(unfit.getMessage()));
        }
    }

    private Predecessor predecessor(BindRequest request, @Nullable ServicePlan plan) {
        Optional<OwnBinding> found = Optional.ofNullable(request.predecessor())
                .flatMap(id -> OwnBinding.find(bindings, request.instanceId(), id));
        return Predecessor.of(request, found, plan, clock.instant());
    }

    private @Nullable ServicePlan plan(OsbRequest kept) {
        return catalog.offeringById(kept.serviceId())
                .flatMap(offering -> offering.planById(kept.planId()))
                .orElse(null);
    }

    private static Optional<String> problem(BindRequest request, OsbRequest kept, @Nullable ServicePlan plan) {
        if (request.offering() != null && !request.offering().id().equals(kept.serviceId())) {
            return Optional.of("service_id is not that of the instance");
        }
        if (request.plan() != null && !kept.hasOrHadPlan(request.plan().id())) {
            return Optional.of("plan_id is not that of the instance");
        }
        return plan == null || plan.bindable()
                ? Optional.empty()
                : Optional.of("plan_id: instances of the plan %s cannot be bound".formatted(plan.name()));
    }

    private static boolean isUsable(PostgresInstance instance) {
        return switch (InstanceStage.of(instance)) {
            case READY -> !InstanceOperation.isDegraded(instance);
            case UPDATE_FAILED -> InstanceOperation.isUsable(instance);
            case PROVISIONING, PROVISION_FAILED, UPDATING, DELETING -> false;
        };
    }

    /** A server that is away for a moment is no reason to refuse what may take its time. */
    private static boolean canWait(BindRequest request, PostgresInstance instance) {
        return request.asyncAccepted() && InstanceStage.of(instance) == InstanceStage.READY;
    }

    private static boolean isSettled(PostgresInstance instance) {
        return switch (InstanceStage.of(instance)) {
            case PROVISION_FAILED, UPDATE_FAILED, DELETING -> true;
            case READY -> isUsable(instance);
            case PROVISIONING, UPDATING -> false;
        };
    }

    private static String reason(PostgresInstance instance) {
        return InstanceStage.of(instance) == InstanceStage.DELETING
                ? "The instance is being deprovisioned"
                : InstanceOperation.description(instance, "The instance is not ready");
    }

    private static Creation invalid(String reason) {
        return new Creation.Denied(new BindOutcome.Invalid(reason));
    }

    private static Creation busy(String reason) {
        return new Creation.Denied(new BindOutcome.Busy(reason));
    }
}
