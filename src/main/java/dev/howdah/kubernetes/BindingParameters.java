package dev.howdah.kubernetes;

import dev.howdah.crd.PostgresBindingSpec.Access;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a binding, read from JSON. The plan's schema has been enforced before.
 *
 * @param expiresAfter life of the credentials: a number of seconds, or ISO 8601 as in {@code PT12H}
 */
record BindingParameters(
        Access access,
        @Nullable Integer connectionLimit,
        @Nullable String statementTimeout,
        @Nullable String searchPath,
        @Nullable Duration expiresAfter) {

    /** @throws IllegalArgumentException naming the parameter and what it has to be */
    static BindingParameters of(Map<String, ?> parameters) {
        return new BindingParameters(
                access(parameters.get("access")),
                limit(parameters.get("connection_limit")),
                text("statement_timeout", parameters.get("statement_timeout")),
                text("search_path", parameters.get("search_path")),
                life(parameters.get("expires_after")));
    }

    private static Access access(@Nullable Object value) {
        return switch (value) {
            case null -> Access.READ_WRITE;
            case String text when text.equals("read-write") -> Access.READ_WRITE;
            case String text when text.equals("read-only") -> Access.READ_ONLY;
            default -> throw new IllegalArgumentException("access: must be read-write or read-only");
        };
    }

    private static @Nullable Integer limit(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number
            when number.longValue() > 0 && number.longValue() <= Integer.MAX_VALUE -> number.intValue();
            default -> throw new IllegalArgumentException("connection_limit: must be a number above zero");
        };
    }

    private static @Nullable String text(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            default -> throw new IllegalArgumentException(name + ": must be a text");
        };
    }

    private static @Nullable Duration life(@Nullable Object value) {
        Duration life = switch (value) {
            case null -> null;
            case Number seconds -> Duration.ofSeconds(seconds.longValue());
            case String text -> parsed(text);
            default -> Duration.ZERO;
        };
        if (life != null && !life.isPositive()) {
            throw new IllegalArgumentException(
                    "expires_after: must be a number of seconds above zero, or ISO 8601 as in PT12H");
        }
        return life;
    }

    private static Duration parsed(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            return Duration.ZERO;
        }
    }
}
