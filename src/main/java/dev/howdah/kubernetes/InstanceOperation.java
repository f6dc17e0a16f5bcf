package dev.howdah.kubernetes;

import dev.howdah.broker.LastOperation;
import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.RequestedDeletion;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the poll of an instance that is there. Pure. */
final class InstanceOperation {
    private InstanceOperation() {}

    /** @param polled as the platform sent it; null or unknown means the current one */
    static LastOperation of(PostgresInstance instance, @Nullable String polled) {
        if (isDeletionOfPredecessor(instance, polled)) {
            return AbsentOperation.deleted();
        }
        InstanceStage stage = InstanceStage.of(instance);
        if (isProvisioning(instance, polled) && wasProvisioned(stage)) {
            return succeeded(instance);
        }
        return switch (stage) {
            case PROVISIONING -> inProgress(instance, Operation.Type.Provision, "The database is being made");
            case UPDATING -> inProgress(instance, Operation.Type.Update, "The change is being made");
            case DELETING -> deleting(instance);
            case READY -> succeeded(instance);
            case PROVISION_FAILED -> failed(instance, "The database could not be made", null, null);
            case UPDATE_FAILED -> failed(instance, "The change could not be made", isUsable(instance), true);
        };
    }

    /** What failed, or is waited for, in a sentence. */
    static String description(PostgresInstance instance, String otherwise) {
        return Progress.description(last(instance), conditions(instance), otherwise);
    }

    static boolean isUsable(PostgresInstance instance) {
        return RetryAfter.isTrue(conditions(instance), "Ready");
    }

    /** Whether the controller says that the database does not work. */
    static boolean isDegraded(PostgresInstance instance) {
        return wrong(instance, "Ready").isPresent();
    }

    private static LastOperation deleting(PostgresInstance instance) {
        return RequestedDeletion.hasFailed(instance, last(instance))
                ? failed(instance, "The database could not be deleted yet; it goes on being tried", false, null)
                : inProgress(instance, Operation.Type.Deprovision, "The database is being deleted");
    }

    private static LastOperation inProgress(PostgresInstance instance, Operation.Type type, String otherwise) {
        Operation current = operation(instance)
                .filter(operation -> operation.type() == type && operation.state() == Operation.State.InProgress)
                .orElse(null);
        return new LastOperation.InProgress(
                Progress.description(current, conditions(instance), otherwise), RetryAfter.of(conditions(instance)));
    }

    /** A platform reads no conditions, so it is told here what came about long after the operation. */
    private static LastOperation succeeded(PostgresInstance instance) {
        return new LastOperation.Succeeded(wrong(instance, "Ready")
                .map(now -> "The operation is done; now the database does not work: " + now)
                .or(() -> wrong(instance, "DiskSpace").map(now -> "The database is ready; but " + now))
                .orElse("The database is ready"));
    }

    private static Optional<String> wrong(PostgresInstance instance, String type) {
        return Optional.ofNullable(conditions(instance)).stream()
                .flatMap(List::stream)
                .filter(condition -> type.equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(Condition::getMessage)
                .findFirst();
    }

    private static LastOperation failed(
            PostgresInstance instance, String otherwise, @Nullable Boolean usable, @Nullable Boolean repeatable) {
        return new LastOperation.Failed(description(instance, otherwise), usable, repeatable);
    }

    private static boolean isProvisioning(PostgresInstance instance, @Nullable String polled) {
        return OperationIds.provision(instance).value().equals(polled);
    }

    private static boolean wasProvisioned(InstanceStage stage) {
        return switch (stage) {
            case READY, UPDATING, UPDATE_FAILED -> true;
            case PROVISIONING, PROVISION_FAILED, DELETING -> false;
        };
    }

    /** The id was used before, and the deletion of that instance is what is asked for. */
    private static boolean isDeletionOfPredecessor(PostgresInstance instance, @Nullable String polled) {
        return polled != null
                && polled.startsWith(OperationIds.DEPROVISION)
                && InstanceStage.of(instance) != InstanceStage.DELETING
                && !polled.equals(OperationIds.deprovision(instance).value());
    }

    /** The operation that the instance is in, or was in last; null if nobody has looked at it yet. */
    static @Nullable Operation last(PostgresInstance instance) {
        return operation(instance).orElse(null);
    }

    private static Optional<Operation> operation(PostgresInstance instance) {
        return Optional.ofNullable(instance.getStatus()).map(PostgresInstanceStatus::operation);
    }

    private static @Nullable List<Condition> conditions(PostgresInstance instance) {
        return instance.getStatus() == null ? null : instance.getStatus().conditions();
    }
}
