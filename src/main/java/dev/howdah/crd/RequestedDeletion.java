package dev.howdah.crd;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the deletion of a resource was asked for. A platform that is told that a deletion failed asks for it again, and that is another
 * operation with a deadline of its own; Kubernetes itself knows the first request only.
 */
public final class RequestedDeletion {
    /** The instant (RFC 3339, whole seconds) of the last request, on resources that were asked to be deleted again. */
    public static final String ANNOTATION = "howdah.dev/deletion-requested-at";

    private RequestedDeletion() {}

    /** @return the instant of the last request; of the first one if there is no other */
    public static Instant instant(HasMetadata deleted) {
        return Instant.parse(Optional.ofNullable(deleted.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ANNOTATION))
                .orElse(deleted.getMetadata().getDeletionTimestamp()));
    }

    /** The annotation's value for a request at this instant. */
    public static String text(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Whether this operation is what the last request began, and not what an earlier one came to. */
    public static boolean began(HasMetadata deleted, Operation operation) {
        return operation.startedAt() != null
                && !Instant.parse(operation.startedAt()).isBefore(instant(deleted));
    }

    /** Whether the deletion could not be done in time and was not asked for again. */
    public static boolean hasFailed(HasMetadata resource, @Nullable Operation operation) {
        return resource.isMarkedForDeletion()
                && operation != null
                && (operation.type() == Operation.Type.Deprovision || operation.type() == Operation.Type.Unbind)
                && operation.state() == Operation.State.Failed
                && began(resource, operation);
    }
}
