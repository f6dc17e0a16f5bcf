package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an instance has come.
 *
 * @param observedGeneration the generation of the spec that {@code phase} and {@code operation} speak of
 * @param server name of the PostgresServer it has claimed
 * @param database name of its database
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostgresInstanceStatus(
        @Nullable Phase phase,
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions,
        @Nullable String server,
        @Nullable String database,
        @Nullable Endpoint endpoint,
        @Nullable Operation operation) {

    /** The life of an instance. Ready stays when the server fails later; the condition Ready tells that. */
    public enum Phase {
        Pending,
        Provisioning,
        Ready,
        Updating,
        Deleting,
        Failed
    }
}
