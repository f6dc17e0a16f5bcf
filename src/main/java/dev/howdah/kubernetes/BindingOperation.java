package dev.howdah.kubernetes;

import dev.howdah.broker.LastOperation;
import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.RequestedDeletion;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers the poll of a binding that is there. Pure. */
final class BindingOperation {
    private BindingOperation() {}

    /** @param polled as the platform sent it; null or unknown means the current one */
    static LastOperation of(PostgresBinding binding, @Nullable String polled) {
        BindingStage stage = BindingStage.of(binding);
        if (isDeletionOfPredecessor(binding, stage, polled)) {
            return AbsentOperation.deleted();
        }
        return switch (stage) {
            case PENDING -> inProgress(binding, "The credentials are being made");
            case DELETING -> deleting(binding);
            case READY -> new LastOperation.Succeeded("The credentials are ready");
            case EXPIRED -> new LastOperation.Succeeded("The credentials were made and have expired");
            case FAILED ->
                new LastOperation.Failed(description(binding, "The credentials could not be made"), null, null);
        };
    }

    static String description(PostgresBinding binding, String otherwise) {
        PostgresBindingStatus status = binding.getStatus();
        return status == null ? otherwise : Progress.description(status.operation(), status.conditions(), otherwise);
    }

    /** The operation that the binding is in, or was in last; null if nobody has looked at it yet. */
    static @Nullable Operation last(PostgresBinding binding) {
        return binding.getStatus() == null ? null : binding.getStatus().operation();
    }

    private static LastOperation deleting(PostgresBinding binding) {
        return RequestedDeletion.hasFailed(binding, last(binding))
                ? new LastOperation.Failed(description(binding, "The credentials could not be deleted yet"), null, null)
                : inProgress(binding, "The credentials are being deleted");
    }

    private static LastOperation inProgress(PostgresBinding binding, String otherwise) {
        PostgresBindingStatus status = binding.getStatus();
        List<Condition> conditions = status == null ? null : status.conditions();
        return new LastOperation.InProgress(description(binding, otherwise), RetryAfter.of(conditions));
    }

    /** The id was used before, and the deletion of that binding is what is asked for. */
    private static boolean isDeletionOfPredecessor(
            PostgresBinding binding, BindingStage stage, @Nullable String polled) {
        return polled != null
                && polled.startsWith(OperationIds.UNBIND)
                && stage != BindingStage.DELETING
                && !polled.equals(OperationIds.unbind(binding).value());
    }
}
