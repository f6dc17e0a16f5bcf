package dev.howdah.broker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** OSB, Polling Last Operation, Response. */
public sealed interface LastOperation {
    /** @param retryAfter how long the platform may well wait before it asks again */
    record InProgress(String description, Duration retryAfter) implements LastOperation {}

    record Succeeded(String description) implements LastOperation {}

    /**
     * @param instanceUsable of a failed update or deprovision, else null
     * @param updateRepeatable of a failed update, else null
     */
    record Failed(
            String description,
            @Nullable Boolean instanceUsable,
            @Nullable Boolean updateRepeatable) implements LastOperation {}

    /** 404. */
    record NotFound() implements LastOperation {}

    /** A deletion so long ago that nothing is known of it but its name: 410. */
    record Gone() implements LastOperation {}
}
