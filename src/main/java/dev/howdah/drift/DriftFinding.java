package dev.howdah.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is not as it shall be.
 *
 * @param kind of the object, as in {@code PersistentVolumeClaim}; {@code Role} for a role of PostgreSQL
 * @param detail a sentence for a person
 * @param since RFC 3339 timestamp of what began it; absent where nothing tells it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DriftFinding(
        Problem problem,
        String kind,
        String name,
        String detail,
        @Nullable String since) {

    enum Problem {
        /** What it belongs to does not exist. */
        NO_OWNER,
        /** A second one of what there shall be one of. */
        DUPLICATE,
        /** A binding that is ready lacks its Secret. */
        NO_SECRET,
        /** A binding that is ready lacks its login role. */
        NO_ROLE,
        /** A login role that no binding stands for: credentials that nobody can revoke. */
        NO_BINDING,
        /** An operation that is past its deadline and not over, or that nobody has taken up. */
        STUCK,
        /** An operation that ended badly. */
        FAILED,
        /** A volume that outlived its instance because its plan, or a person, wanted that. */
        RETAINED
    }

    static DriftFinding of(Problem problem, HasMetadata object, String detail) {
        return new DriftFinding(
                problem,
                object.getKind(),
                object.getMetadata().getName(),
                detail,
                object.getMetadata().getDeletionTimestamp() == null
                        ? object.getMetadata().getCreationTimestamp()
                        : object.getMetadata().getDeletionTimestamp());
    }
}
