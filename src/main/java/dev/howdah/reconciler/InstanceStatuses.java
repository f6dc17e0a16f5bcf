package dev.howdah.reconciler;

import dev.howdah.crd.Operation;
import dev.howdah.crd.Operation.Type;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresInstanceStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status that follows from an instance's last one and what was found out since: phases, operations, deadlines. */
final class InstanceStatuses {
    static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    private static final PostgresInstanceStatus NONE =
            new PostgresInstanceStatus(null, null, null, null, null, null, null);

    private InstanceStatuses() {}

    static PostgresInstanceStatus next(PostgresInstance instance, InstanceFindings found, Instant now) {
        PostgresInstanceStatus old = of(instance);
        Operation current = current(instance, now);
        boolean degraded = Operations.hasSucceeded(current) && !found.isDone();
        Operation operation = degraded ? current : outcome(current, found, now);
        Map<String, Finding> findings = new LinkedHashMap<>();
        findings.put(Conditions.READY, found.ready());
        findings.put(Conditions.SERVER_READY, found.server());
        findings.put(Conditions.DATABASE_READY, found.database());
        Optional.ofNullable(found.diskSpace()).ifPresent(finding -> findings.put(Conditions.DISK_SPACE, finding));
        Long generation = instance.getMetadata().getGeneration();
        return new PostgresInstanceStatus(
                phase(operation, found),
                generation,
                Conditions.with(old.conditions(), findings, generation, now),
                Optional.ofNullable(found.serverName()).orElse(old.server()),
                Optional.ofNullable(found.databaseName()).orElse(old.database()),
                Optional.ofNullable(found.endpoint()).orElse(old.endpoint()),
                operation);
    }

    private static Operation outcome(Operation current, InstanceFindings found, Instant now) {
        if (found.isDone()) {
            return Operations.succeeded(current, doneText(current));
        }
        if (current.type() == Type.Update && Troubles.isFinal(found.applied())) {
            return Operations.failed(current, found.applied().message());
        }
        return Operations.hasFailed(current)
                ? Operations.failed(current, found.waitingFor())
                : Operations.waiting(current, found.waitingFor(), now);
    }

    /** Whether the next says nothing new but what is waited for. */
    static boolean isOnlyWaiting(PostgresInstanceStatus old, PostgresInstanceStatus next) {
        boolean first = old.phase() == null;
        return first
                ? next.phase() != Phase.Failed && Conditions.areOnlyWaiting(next.conditions())
                : withoutWaiting(old).equals(withoutWaiting(next));
    }

    private static PostgresInstanceStatus withoutWaiting(PostgresInstanceStatus status) {
        return new PostgresInstanceStatus(
                status.phase(),
                status.observedGeneration(),
                Conditions.withoutWaiting(status.conditions()),
                status.server(),
                status.database(),
                status.endpoint(),
                Operations.withoutWaiting(status.operation()));
    }

    static PostgresInstanceStatus deleting(PostgresInstance instance, String waitingFor, Instant now) {
        PostgresInstanceStatus old = of(instance);
        Operation current = Operations.deletion(
                instance,
                old.operation(),
                "deprovision-" + instance.getMetadata().getUid(),
                Type.Deprovision,
                timeout(instance));
        Long generation = instance.getMetadata().getGeneration();
        return new PostgresInstanceStatus(
                Phase.Deleting,
                generation,
                Conditions.with(
                        old.conditions(),
                        Map.of(Conditions.READY, Finding.bad("Deleting", waitingFor)),
                        generation,
                        now),
                old.server(),
                old.database(),
                old.endpoint(),
                Operations.waiting(current, waitingFor, now));
    }

    static PostgresInstanceStatus of(PostgresInstance instance) {
        return Optional.ofNullable(instance.getStatus()).orElse(NONE);
    }

    /** The operation this instance is in now, or was in last. */
    static Operation current(PostgresInstance instance, Instant now) {
        PostgresInstanceStatus old = of(instance);
        Operation last = old.operation();
        if (last == null) {
            return Operations.begin(
                    "provision-" + instance.getMetadata().getUid(),
                    Type.Provision,
                    Instant.parse(instance.getMetadata().getCreationTimestamp()),
                    timeout(instance));
        }
        return isNewWish(instance, old.observedGeneration(), last)
                ? Operations.begin(
                        "update-" + instance.getMetadata().getGeneration(), Type.Update, now, timeout(instance))
                : last;
    }

    /** A spec that changes while the instance is still being made is part of making it. */
    private static boolean isNewWish(PostgresInstance instance, @Nullable Long observed, Operation last) {
        boolean changed =
                observed == null || !observed.equals(instance.getMetadata().getGeneration());
        boolean beingMade = last.type() == Type.Provision && last.state() == Operation.State.InProgress;
        return changed && !beingMade;
    }

    private static Phase phase(Operation operation, InstanceFindings found) {
        return switch (operation.state()) {
            case Succeeded -> Phase.Ready;
            case Failed -> Phase.Failed;
            case InProgress ->
                operation.type() == Type.Update
                        ? Phase.Updating
                        : found.serverName() == null ? Phase.Pending : Phase.Provisioning;
        };
    }

    private static String doneText(Operation operation) {
        return operation.type() == Type.Update ? "the change is in force" : "the database can be used";
    }

    /** How long one operation may take. */
    static Duration timeout(PostgresInstance instance) {
        return Optional.ofNullable(instance.getSpec().operationTimeoutSeconds())
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_TIMEOUT);
    }
}
