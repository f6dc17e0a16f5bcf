package dev.howdah.drift;

import static dev.howdah.drift.DriftFinding.Problem.FAILED;
import static dev.howdah.drift.DriftFinding.Problem.STUCK;

import dev.howdah.crd.Operation;
import dev.howdah.crd.Operation.State;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether every operation ends in time. */
final class OperationsCheck {
    /** A leader that died is replaced much sooner. */
    private static final Duration TAKEN_UP_WITHIN = Duration.ofMinutes(2);

    private final Inventory inventory;
    private final Instant now;

    OperationsCheck(Inventory inventory, Instant now) {
        this.inventory = inventory;
        this.now = now;
    }

    Stream<DriftFinding> findings() {
        Stream<DriftFinding> instances = inventory.instances().stream()
                .flatMap(instance ->
                        of(
                                instance,
                                instance.getStatus() == null
                                        ? null
                                        : instance.getStatus().operation())
                                .stream());
        Stream<DriftFinding> bindings = inventory.bindings().stream()
                .flatMap(binding ->
                        of(
                                binding,
                                binding.getStatus() == null
                                        ? null
                                        : binding.getStatus().operation())
                                .stream());
        Stream<DriftFinding> servers = inventory.servers().stream()
                .filter(server -> server.isMarkedForDeletion() || server.getStatus() == null)
                .flatMap(server -> notTakenUp(server, Duration.ofMinutes(10)).stream());
        return Stream.of(instances, bindings, servers).flatMap(found -> found);
    }

    private Optional<DriftFinding> of(HasMetadata resource, @Nullable Operation operation) {
        if (operation == null || (resource.isMarkedForDeletion() && !isDeletion(operation))) {
            return notTakenUp(resource, TAKEN_UP_WITHIN);
        }
        return switch (operation.state()) {
            case Succeeded -> Optional.empty();
            case InProgress -> isOverdue(operation) ? finding(STUCK, resource, operation) : Optional.empty();
            case Failed -> finding(isDeletion(operation) ? STUCK : FAILED, resource, operation);
        };
    }

    private Optional<DriftFinding> notTakenUp(HasMetadata resource, Duration patience) {
        boolean going = resource.isMarkedForDeletion();
        String since = going
                ? resource.getMetadata().getDeletionTimestamp()
                : resource.getMetadata().getCreationTimestamp();
        return Instant.parse(since).plus(patience).isBefore(now)
                ? Optional.of(DriftFinding.of(
                        STUCK,
                        resource,
                        (going ? "its deletion" : "it") + " has not been taken up; does any replica reconcile?"))
                : Optional.empty();
    }

    private static boolean isDeletion(Operation operation) {
        return switch (operation.type()) {
            case Deprovision, Unbind -> true;
            case Provision, Update, Bind -> false;
        };
    }

    private boolean isOverdue(Operation operation) {
        return operation.state() == State.InProgress
                && operation.deadline() != null
                && Instant.parse(operation.deadline()).plus(TAKEN_UP_WITHIN).isBefore(now);
    }

    private static Optional<DriftFinding> finding(
            DriftFinding.Problem problem, HasMetadata resource, Operation operation) {
        String why = operation.description() == null ? "nothing is said of it" : operation.description();
        return Optional.of(new DriftFinding(
                problem,
                resource.getKind(),
                resource.getMetadata().getName(),
                operation.type() + ": " + why,
                operation.startedAt()));
    }
}
