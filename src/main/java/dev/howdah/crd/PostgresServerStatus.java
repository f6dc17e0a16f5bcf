package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a running server.
 *
 * @param claimedBy name of the PostgresInstance in the same namespace that uses this server
 * @param endpoint where clients connect
 * @param postgresVersion what the server itself says, as in {@code 17.6}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostgresServerStatus(
        @Nullable Phase phase,
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions,
        @Nullable Endpoint endpoint,
        @Nullable String postgresVersion,
        @Nullable String claimedBy,
        @Nullable Usage usage) {

    public enum Phase {
        Pending,
        Starting,
        Ready,
        Updating,
        Deleting,
        Failed
    }

    /**
     * @param diskUsedBytes bytes the databases and the write-ahead log take
     * @param diskCapacityBytes bytes of the volume
     * @param connections open client connections
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Usage(
            @Nullable Long diskUsedBytes,
            @Nullable Long diskCapacityBytes,
            @Nullable Integer connections) {}
}
