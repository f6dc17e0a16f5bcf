package dev.howdah.kubernetes;

import dev.howdah.broker.UpdateOutcome;
import dev.howdah.broker.UpdateRequest;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import java.time.Duration;
import java.util.Optional;

/** OSB, Updating a Service Instance: changes the spec, unless the instance has changed since it was read. */
final class Updating {
    private static final Duration NOTED_WITHIN = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 10;

    private final WatchedResources<PostgresInstance> instances;
    private final AnswerSettings answers;
    private final GrowthTrial growth;

    Updating(WatchedResources<PostgresInstance> instances, AnswerSettings answers) {
        this.instances = instances;
        this.growth = new GrowthTrial(instances.store().client());
        this.answers = answers;
    }

    UpdateOutcome update(UpdateRequest request) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<OwnInstance> own = OwnInstance.find(instances.store(), request.instanceId());
            if (own.isEmpty()) {
                return new UpdateOutcome.NotFound();
            }
            Optional<UpdateOutcome> outcome = update(request, own.get());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new UpdateOutcome.Busy("Other requests for this instance are under way");
    }

    /** Empty if another writer was first. */
    private Optional<UpdateOutcome> update(UpdateRequest request, OwnInstance own) {
        InstanceChange change = InstanceChanges.of(own.spec(), own.request(), request);
        return switch (InstanceStage.of(own.resource())) {
            case PROVISIONING -> Optional.of(new UpdateOutcome.Busy("The instance is being provisioned"));
            case DELETING -> Optional.of(new UpdateOutcome.Busy("The instance is being deprovisioned"));
            case PROVISION_FAILED ->
                Optional.of(
                        new UpdateOutcome.NotPossible("The instance could not be provisioned; deprovision it", false));
            case UPDATING -> Optional.of(whileUpdating(request, own, change));
            case READY -> apply(request, own, change);
            case UPDATE_FAILED -> apply(request, own, repeated(request, own, change));
        };
    }

    private UpdateOutcome whileUpdating(UpdateRequest request, OwnInstance own, InstanceChange change) {
        return switch (change) {
            case InstanceChange.None() -> answer(request, own.resource());
            case InstanceChange.RequestOnly(var spec) -> new UpdateOutcome.Busy("Another update is under way");
            case InstanceChange.Effective(var spec) -> new UpdateOutcome.Busy("Another update is under way");
            // Whether it is possible can only be said of the instance that comes out of the update under way.
            case InstanceChange.NotPossible(var reason) -> new UpdateOutcome.Busy("Another update is under way");
            case InstanceChange.Invalid(String reason) -> new UpdateOutcome.Invalid(reason);
        };
    }

    private Optional<UpdateOutcome> apply(UpdateRequest request, OwnInstance own, InstanceChange change) {
        return switch (change) {
            case InstanceChange.None() -> Optional.of(new UpdateOutcome.Updated(own.view()));
            case InstanceChange.RequestOnly(PostgresInstanceSpec spec) -> note(request, own, spec);
            case InstanceChange.Effective(PostgresInstanceSpec spec) -> change(request, own, spec);
            case InstanceChange.NotPossible(String reason) -> Optional.of(new UpdateOutcome.NotPossible(reason, false));
            case InstanceChange.Invalid(String reason) -> Optional.of(new UpdateOutcome.Invalid(reason));
        };
    }

    /** An update that failed may be asked for again, and then is tried again. */
    private static InstanceChange repeated(UpdateRequest request, OwnInstance own, InstanceChange change) {
        boolean asksForSomething = request.plan() != null
                || request.maintenanceVersion() != null
                || (request.parameters() != null && !request.parameters().isEmpty());
        return change instanceof InstanceChange.None && asksForSomething
                ? new InstanceChange.Effective(InstanceChanges.again(own.spec(), own.request()))
                : change;
    }

    /** The server does not change, so the answer is final however busy the reconciler is. */
    private Optional<UpdateOutcome> note(UpdateRequest request, OwnInstance own, PostgresInstanceSpec spec) {
        return switch (instances.store().replace(own.with(spec))) {
            case Written.Overtaken<PostgresInstance>() -> Optional.empty();
            case Written.Refused<PostgresInstance>(String reason) -> Optional.of(new UpdateOutcome.Invalid(reason));
            case Written.Done<PostgresInstance>(PostgresInstance written) -> {
                // A fetch that follows must not find the instance busy.
                await(written, new Patience(NOTED_WITHIN, false));
                yield Optional.of(new UpdateOutcome.Updated(InstanceView.of(written)));
            }
        };
    }

    private Optional<UpdateOutcome> change(UpdateRequest request, OwnInstance own, PostgresInstanceSpec spec) {
        if (!request.asyncAccepted() && asyncOnly(request, own)) {
            return Optional.of(new UpdateOutcome.AsyncRequired());
        }
        Optional<String> cannotGrow = growth.refusal(own.resource(), spec);
        if (cannotGrow.isPresent()) {
            return cannotGrow.map(reason -> new UpdateOutcome.NotPossible(reason, false));
        }
        return switch (instances.store().replace(own.with(spec))) {
            case Written.Overtaken<PostgresInstance>() -> Optional.empty();
            case Written.Refused<PostgresInstance>(String reason) ->
                Optional.of(new UpdateOutcome.NotPossible(reason, false));
            case Written.Done<PostgresInstance>(PostgresInstance written) -> Optional.of(answer(request, written));
        };
    }

    private UpdateOutcome answer(UpdateRequest request, PostgresInstance written) {
        Optional<PostgresInstance> settled = await(written, answers.instance(request.asyncAccepted()));
        PostgresInstance instance = settled.orElse(written);
        InstanceStage stage = InstanceStage.of(instance);
        if (settled.isPresent() && stage == InstanceStage.READY) {
            return new UpdateOutcome.Updated(InstanceView.of(instance));
        }
        if (request.asyncAccepted()) {
            return new UpdateOutcome.InProgress(OperationIds.update(written), InstanceView.of(written));
        }
        String reason = InstanceOperation.description(instance, "The change is being made");
        return stage == InstanceStage.UPDATE_FAILED
                ? new UpdateOutcome.NotPossible(reason, true)
                : new UpdateOutcome.Busy(reason);
    }

    private Optional<PostgresInstance> await(PostgresInstance written, Patience patience) {
        return instances.watch().await(written, now -> InstanceStage.of(now) != InstanceStage.UPDATING, patience);
    }

    private static boolean asyncOnly(UpdateRequest request, OwnInstance own) {
        return Optional.ofNullable(request.plan())
                .or(() -> request.offering().planById(own.request().planId()))
                .map(ServicePlan::asyncOnly)
                .orElse(false);
    }
}
