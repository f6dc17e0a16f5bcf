package dev.howdah.kubernetes;

import dev.howdah.broker.LastOperation;
import org.jspecify.annotations.Nullable;

/** Answers the poll of something that is not there. Pure. */
final class AbsentOperation {
    private AbsentOperation() {}

    /** @param remembered whether its deletion is still remembered */
    static LastOperation of(boolean remembered, @Nullable String operation) {
        if (names(operation, OperationIds.DEPROVISION) || names(operation, OperationIds.UNBIND)) {
            return remembered ? deleted() : new LastOperation.Gone();
        }
        if (names(operation, OperationIds.PROVISION)
                || names(operation, OperationIds.UPDATE)
                || names(operation, OperationIds.BIND)) {
            // succeeded would say that it was made
            return new LastOperation.NotFound();
        }
        return remembered ? deleted() : new LastOperation.NotFound();
    }

    static LastOperation deleted() {
        return new LastOperation.Succeeded("Deleted");
    }

    private static boolean names(@Nullable String operation, String kind) {
        return operation != null && operation.startsWith(kind);
    }
}
