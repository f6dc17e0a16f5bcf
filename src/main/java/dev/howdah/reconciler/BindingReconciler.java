package dev.howdah.reconciler;

import dev.howdah.crd.LeanStore;
import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresBindingStatus.Phase;
import dev.howdah.crd.PostgresInstance;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives a PostgresBinding its credentials. */
final class BindingReconciler implements Reconciler<PostgresBinding>, Cleaner<PostgresBinding> {
    /** The plan is the instance's. */
    private static final String ANY_PLAN = "any";

    private static final String BY_INSTANCE = "by-instance";

    private final BindingConvergence convergence;
    private final BindingTeardown teardown;
    private final EventRecorder events;
    private final OperationTimes times;
    private final Clock clock;

    BindingReconciler(
            BindingConvergence convergence,
            BindingTeardown teardown,
            EventRecorder events,
            OperationTimes times,
            Clock clock) {
        this.convergence = convergence;
        this.teardown = teardown;
        this.events = events;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, PostgresBinding>> prepareEventSources(EventSourceContext<PostgresBinding> context) {
        var bindings = context.getPrimaryCache();
        bindings.addIndexer(BY_INSTANCE, binding -> List.of(key(instanceOf(binding))));
        var instances = InformerEventSourceConfiguration.from(PostgresInstance.class, PostgresBinding.class)
                .withName(PostgresInstance.class.getSimpleName())
                .withSecondaryToPrimaryMapper(
                        instance -> bindings.byIndex(BY_INSTANCE, key(ResourceID.fromResource(instance))).stream()
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((PostgresBinding binding) -> Set.of(instanceOf(binding)))
                .withNamespacesInheritedFromController()
                .withItemStore(new LeanStore<>())
                .build();
        var secrets = InformerEventSourceConfiguration.from(Secret.class, PostgresBinding.class)
                .withName(Secret.class.getSimpleName())
                .withLabelSelector(Labels.BINDING)
                .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(PostgresBinding.class))
                .withNamespacesInheritedFromController()
                .withItemStore(new LeanStore<>())
                .build();
        return List.of(new InformerEventSource<>(instances, context), new InformerEventSource<>(secrets, context));
    }

    @Override
    public UpdateControl<PostgresBinding> reconcile(PostgresBinding binding, Context<PostgresBinding> context) {
        PostgresInstance instance = instance(binding, context);
        BindingFindings found = convergence.converge(
                binding, instance, context.getSecondaryResource(Secret.class).orElse(null));
        Instant now = clock.instant();
        PostgresBindingStatus next = BindingStatuses.next(binding, instance, found, now);
        announce(binding, next);
        times.ended(BindingStatuses.of(binding).operation(), next.operation(), ANY_PLAN, now);
        return StatusUpdates.of(binding, next, context).rescheduleAfter(lookAgain(next, found.lookAgain(), now));
    }

    @Override
    public DeleteControl cleanup(PostgresBinding binding, Context<PostgresBinding> context) {
        PostgresInstance instance = instance(binding, context);
        Optional<String> waitingFor = teardown.remaining(binding, instance);
        if (waitingFor.isEmpty()) {
            convergence.forget(binding);
            teardown.bury(binding);
            times.gone(binding, Operation.Type.Unbind, ANY_PLAN, clock.instant());
            return DeleteControl.defaultDelete();
        }
        StatusUpdates.write(
                binding, BindingStatuses.deleting(binding, instance, waitingFor.get(), clock.instant()), context);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(BindingTeardown.LOOK_AGAIN);
    }

    @Override
    public ErrorStatusUpdateControl<PostgresBinding> updateErrorStatus(
            PostgresBinding binding, Context<PostgresBinding> context, Exception failure) {
        Finding trouble = Failures.finding(failure);
        PostgresInstance instance = cached(context);
        Instant now = clock.instant();
        PostgresBindingStatus next = binding.isMarkedForDeletion()
                ? BindingStatuses.deleting(binding, instance, trouble.message(), now)
                : BindingStatuses.next(binding, instance, BindingFindings.waiting(trouble, Duration.ZERO), now);
        return instance == null && BindingStatuses.begins(binding, next)
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : StatusUpdates.error(binding, next, context);
    }

    /**
     * What the cache does not have is asked for: a cache that is behind, or belongs to a term that ends, would make an instance
     * seem gone, and a role stay on its server for ever.
     */
    private static @Nullable PostgresInstance instance(PostgresBinding binding, Context<PostgresBinding> context) {
        return context.getSecondaryResource(PostgresInstance.class)
                .orElseGet(() -> context.getClient()
                        .resources(PostgresInstance.class)
                        .inNamespace(binding.getMetadata().getNamespace())
                        .withName(binding.getSpec().instanceRef())
                        .get());
    }

    /** When the API server may be what has failed. */
    private static @Nullable PostgresInstance cached(Context<PostgresBinding> context) {
        return context.getSecondaryResource(PostgresInstance.class).orElse(null);
    }

    private void announce(PostgresBinding binding, PostgresBindingStatus next) {
        Phase before = BindingStatuses.of(binding).phase();
        Phase after = next.phase();
        if (before == after || after == null) {
            return;
        }
        String text = Conditions.find(next.conditions(), Conditions.READY)
                .map(condition -> condition.getMessage())
                .orElse("");
        switch (after) {
            case Ready -> events.normal(binding, "Ready", text);
            case Expired -> events.normal(binding, "Expired", text);
            case Failed -> events.warning(binding, "Failed", text);
            case Pending, Deleting -> {}
        }
    }

    /** The passing of a deadline has to be noticed too. */
    private static Duration lookAgain(PostgresBindingStatus status, Duration wanted, Instant now) {
        return Optional.ofNullable(status.operation())
                .filter(operation -> !Operations.hasSucceeded(operation) && !Operations.hasFailed(operation))
                .map(operation -> Operations.untilDeadline(operation, now).plusMillis(10))
                .filter(left -> left.compareTo(wanted) < 0)
                .orElse(wanted);
    }

    private static ResourceID instanceOf(PostgresBinding binding) {
        return new ResourceID(
                binding.getSpec().instanceRef(), binding.getMetadata().getNamespace());
    }

    private static String key(ResourceID id) {
        return id.getNamespace().orElse("") + "/" + id.getName();
    }
}
