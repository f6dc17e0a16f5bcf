package dev.howdah.reconciler;

import dev.howdah.crd.LeanStore;
import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a PostgresInstance its server and its database. */
final class InstanceReconciler implements Reconciler<PostgresInstance>, Cleaner<PostgresInstance> {
    /** A change that has failed may have to be taken back, and no event says so. */
    private static final Duration TAKE_BACK = Duration.ofSeconds(1);

    private final InstanceConvergence convergence;
    private final ProvisionTurns<ResourceID> turns;
    private final ServerAccess access;
    private final InstanceTeardown teardown;
    private final InstanceEvents events;
    private final OperationTimes times;
    private final ProgressReports reports;
    private final Clock clock;

    InstanceReconciler(
            InstanceConvergence convergence,
            ProvisionTurns<ResourceID> turns,
            ServerAccess access,
            InstanceTeardown teardown,
            InstanceEvents events,
            OperationTimes times,
            Clock clock) {
        this.convergence = convergence;
        this.turns = turns;
        this.access = access;
        this.teardown = teardown;
        this.events = events;
        this.times = times;
        this.reports = new ProgressReports(clock);
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, PostgresInstance>> prepareEventSources(EventSourceContext<PostgresInstance> context) {
        SimpleInboundEventSource<PostgresInstance> turn = new SimpleInboundEventSource<>("turn");
        turns.begin(turn::propagateEvent);
        SimpleInboundEventSource<PostgresInstance> answer = new SimpleInboundEventSource<>("answer");
        access.begin(server -> Owners.instanceOf(server)
                .map(name -> new ResourceID(name, server.getMetadata().getNamespace()))
                .ifPresent(answer::propagateEvent));
        return List.of(
                watch(PostgresServer.class, Mappers.fromOwnerReferences(PostgresInstance.class), context),
                watch(PostgresBinding.class, InstanceReconciler::instanceOf, context),
                turn,
                answer);
    }

    @Override
    public UpdateControl<PostgresInstance> reconcile(PostgresInstance instance, Context<PostgresInstance> context) {
        InstanceConvergence.Result result = convergence.converge(instance, context);
        Instant now = clock.instant();
        Operation operationBefore = InstanceStatuses.of(instance).operation();
        PostgresInstanceStatus next = InstanceStatuses.next(result.instance(), result.found(), now);
        boolean failedNow = Operations.hasFailed(next.operation()) && !Operations.hasFailed(operationBefore);
        Duration lookAgain =
                failedNow ? TAKE_BACK : lookAgain(next, result.found().lookAgain(), now);
        Optional<Duration> pause = reports.pause(
                result.instance(), next, InstanceStatuses.isOnlyWaiting(InstanceStatuses.of(result.instance()), next));
        if (pause.isPresent()) {
            return ProgressReports.later(pause.get(), lookAgain);
        }
        events.announce(result.instance(), next);
        times.changed(result.instance(), next, now);
        return StatusUpdates.of(result.instance(), next, context).rescheduleAfter(lookAgain);
    }

    @Override
    public DeleteControl cleanup(PostgresInstance instance, Context<PostgresInstance> context) {
        Optional<String> waitingFor = teardown.remaining(instance, context);
        if (waitingFor.isEmpty()) {
            convergence.forget(instance);
            reports.forget(instance);
            teardown.bury(instance);
            times.gone(instance, clock.instant());
            return DeleteControl.defaultDelete();
        }
        StatusUpdates.write(instance, InstanceStatuses.deleting(instance, waitingFor.get(), clock.instant()), context);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(InstanceTeardown.LOOK_AGAIN);
    }

    @Override
    public ErrorStatusUpdateControl<PostgresInstance> updateErrorStatus(
            PostgresInstance instance, Context<PostgresInstance> context, Exception failure) {
        Finding trouble = Failures.finding(failure);
        Instant now = clock.instant();
        PostgresInstanceStatus next = instance.isMarkedForDeletion()
                ? InstanceStatuses.deleting(instance, trouble.message(), now)
                : InstanceStatuses.next(
                        instance,
                        InstanceFindings.troubled(InstanceStatuses.of(instance).conditions(), trouble),
                        now);
        return StatusUpdates.error(instance, next, context);
    }

    /** The passing of a deadline has to be noticed too. */
    private static Duration lookAgain(PostgresInstanceStatus status, Duration wanted, Instant now) {
        return Optional.ofNullable(status.operation())
                .filter(operation -> !Operations.hasSucceeded(operation) && !Operations.hasFailed(operation))
                .map(operation -> Operations.untilDeadline(operation, now))
                .filter(left -> left.compareTo(wanted) < 0)
                .map(left -> left.plusMillis(10))
                .orElse(wanted);
    }

    private static Set<ResourceID> instanceOf(PostgresBinding binding) {
        return Set.of(new ResourceID(
                binding.getSpec().instanceRef(), binding.getMetadata().getNamespace()));
    }

    private static <T extends HasMetadata> InformerEventSource<T, PostgresInstance> watch(
            Class<T> kind, SecondaryToPrimaryMapper<T> mapper, EventSourceContext<PostgresInstance> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, PostgresInstance.class)
                        .withName(kind.getSimpleName())
                        .withSecondaryToPrimaryMapper(mapper)
                        .withNamespacesInheritedFromController()
                        .withItemStore(new LeanStore<>())
                        .build(),
                context);
    }
}
