package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The operation that a resource is in, or the last one it was in.
 *
 * @param id {@code provision-<uid>}, {@code update-<generation>}, {@code deprovision-<uid>}, {@code bind-<uid>}, {@code unbind-<uid>}
 * @param description a sentence for the user: what it waits for, or why it failed
 * @param startedAt RFC 3339 timestamp
 * @param deadline RFC 3339 timestamp after which the operation is failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Operation(
        String id,
        Type type,
        State state,
        @Nullable String description,
        @Nullable String startedAt,
        @Nullable String deadline) {

    public enum Type {
        Provision,
        Update,
        Deprovision,
        Bind,
        Unbind
    }

    public enum State {
        InProgress,
        Succeeded,
        Failed
    }
}
