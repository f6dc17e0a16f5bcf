package dev.howdah.reconciler;

import dev.howdah.crd.Operation;
import dev.howdah.crd.Operation.State;
import dev.howdah.crd.Operation.Type;
import dev.howdah.crd.RequestedDeletion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How operations begin, go on and end. */
final class Operations {
    private static final int LONGEST_DESCRIPTION = 1000;

    private Operations() {}

    static Operation begin(String id, Type type, Instant startedAt, Duration timeout) {
        Instant start = startedAt.truncatedTo(ChronoUnit.SECONDS);
        return new Operation(
                id,
                type,
                State.InProgress,
                null,
                start.toString(),
                start.plus(timeout).toString());
    }

    static Operation succeeded(Operation operation, String description) {
        return with(operation, State.Succeeded, description);
    }

    /** The deletion that was asked for last. */
    static Operation deletion(HasMetadata deleted, @Nullable Operation last, String id, Type type, Duration timeout) {
        return last != null && last.id().equals(id) && RequestedDeletion.began(deleted, last)
                ? last
                : begin(id, type, RequestedDeletion.instant(deleted), timeout);
    }

    /** In progress, or failed once the deadline has passed; it may succeed even then. */
    static Operation waiting(Operation operation, String description, Instant now) {
        return with(operation, isOverdue(operation, now) ? State.Failed : State.InProgress, description);
    }

    /** Without the words of one that is in progress. */
    @Nullable
    static Operation withoutWaiting(@Nullable Operation operation) {
        return operation != null && operation.state() == State.InProgress
                ? with(operation, State.InProgress, "")
                : operation;
    }

    /** It may succeed even then. */
    static Operation failed(Operation operation, String description) {
        return with(operation, State.Failed, description);
    }

    /** In progress, or failed once it has been refused for so long, or its deadline has passed. */
    static Operation refused(Operation operation, String description, Duration patience, Instant now) {
        String start = operation.startedAt();
        boolean forLong = start != null && !now.isBefore(Instant.parse(start).plus(patience));
        return forLong ? failed(operation, description) : waiting(operation, description, now);
    }

    static boolean isOverdue(Operation operation, Instant now) {
        String deadline = operation.deadline();
        return deadline != null && !now.isBefore(Instant.parse(deadline));
    }

    static boolean hasSucceeded(@Nullable Operation operation) {
        return operation != null && operation.state() == State.Succeeded;
    }

    static boolean hasFailed(@Nullable Operation operation) {
        return operation != null && operation.state() == State.Failed;
    }

    /** Until the deadline, so that its passing is noticed when nothing else happens; never negative. */
    static Duration untilDeadline(Operation operation, Instant now) {
        String deadline = operation.deadline();
        Duration left = deadline == null ? Duration.ZERO : Duration.between(now, Instant.parse(deadline));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Operation with(Operation operation, State state, String description) {
        String text = description.length() <= LONGEST_DESCRIPTION
                ? description
                : description.substring(0, LONGEST_DESCRIPTION) + "…";
        return new Operation(
                operation.id(), operation.type(), state, text, operation.startedAt(), operation.deadline());
    }
}
