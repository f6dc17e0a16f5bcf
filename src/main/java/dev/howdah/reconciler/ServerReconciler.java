package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerStatus;
import dev.howdah.workload.ServerManifests;
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
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a PostgresServer run. */
final class ServerReconciler implements Reconciler<PostgresServer>, Cleaner<PostgresServer> {
    private static final Finding UNKNOWN = Finding.bad("Unknown", "");

    private final ServerWorkload workload;
    private final ServerTeardown teardown;
    private final EventRecorder events;
    private final ProgressReports reports;
    private final Clock clock;

    ServerReconciler(ServerWorkload workload, ServerTeardown teardown, EventRecorder events, Clock clock) {
        this.workload = workload;
        this.teardown = teardown;
        this.events = events;
        this.reports = new ProgressReports(clock);
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, PostgresServer>> prepareEventSources(EventSourceContext<PostgresServer> context) {
        return ServerChildren.KINDS.stream()
                .<EventSource<?, PostgresServer>>map(kind -> childrenOf(kind, context))
                .toList();
    }

    @Override
    public UpdateControl<PostgresServer> reconcile(PostgresServer server, Context<PostgresServer> context) {
        ServerFindings found = workload.converge(server, context);
        PostgresServerStatus next = ServerStatuses.next(server, found, clock.instant());
        Optional<Duration> pause =
                reports.pause(server, next, ServerStatuses.isOnlyWaiting(ServerStatuses.of(server), next));
        if (pause.isPresent()) {
            return ProgressReports.later(pause.get(), found.lookAgain());
        }
        announce(server, next);
        return StatusUpdates.of(server, next, context).rescheduleAfter(found.lookAgain());
    }

    @Override
    public DeleteControl cleanup(PostgresServer server, Context<PostgresServer> context) {
        workload.forget(server);
        Optional<String> waitingFor = teardown.remaining(server, context);
        if (waitingFor.isEmpty()) {
            reports.forget(server);
            return DeleteControl.defaultDelete();
        }
        StatusUpdates.write(server, ServerStatuses.deleting(server, waitingFor.get(), clock.instant()), context);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(ServerTeardown.LOOK_AGAIN);
    }

    @Override
    public ErrorStatusUpdateControl<PostgresServer> updateErrorStatus(
            PostgresServer server, Context<PostgresServer> context, Exception failure) {
        Finding trouble = Failures.finding(failure);
        if (server.isMarkedForDeletion()) {
            return StatusUpdates.error(
                    server, ServerStatuses.deleting(server, trouble.message(), clock.instant()), context);
        }
        return StatusUpdates.error(server, ServerStatuses.troubled(server, trouble, clock.instant()), context);
    }

    private void announce(PostgresServer server, PostgresServerStatus next) {
        PostgresServerStatus old = ServerStatuses.of(server);
        if (old.phase() == null) {
            events.normal(server, "ServerCreated", "the objects of the server are in place");
        }
        Finding before = Conditions.finding(old.conditions(), Conditions.READY, UNKNOWN);
        Finding after = Conditions.finding(next.conditions(), Conditions.READY, UNKNOWN);
        if (after.good() && !before.good()) {
            events.normal(server, "Ready", after.message());
        }
        List.of(Conditions.READY, Conditions.APPLIED, Conditions.DISK_SPACE)
                .forEach(type -> warnOfNewTrouble(server, type, old, next));
    }

    private void warnOfNewTrouble(
            PostgresServer server, String type, PostgresServerStatus old, PostgresServerStatus next) {
        Finding before = Conditions.finding(old.conditions(), type, UNKNOWN);
        Finding after = Conditions.finding(next.conditions(), type, UNKNOWN);
        if (Troubles.isTrouble(after) && !after.reason().equals(before.reason())) {
            events.warning(server, after.reason(), after.message());
        }
    }

    private static Set<ResourceID> serverOf(HasMetadata child) {
        String server = child.getMetadata().getLabels().get(ServerManifests.SERVER_LABEL);
        return Set.of(new ResourceID(server, child.getMetadata().getNamespace()));
    }

    private static <T extends HasMetadata> InformerEventSource<T, PostgresServer> childrenOf(
            Class<T> kind, EventSourceContext<PostgresServer> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, PostgresServer.class)
                        .withName(kind.getSimpleName())
                        .withLabelSelector(ServerManifests.SERVER_LABEL)
                        .withSecondaryToPrimaryMapper(ServerReconciler::serverOf)
                        .withNamespacesInheritedFromController()
                        .withItemStore(ServerChildren.store())
                        .build(),
                context);
    }
}
