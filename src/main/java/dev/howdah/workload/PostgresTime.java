package dev.howdah.workload;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as postgresql.conf writes them. (PostgreSQL manual, "Parameter Names and Values".) */
final class PostgresTime {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(ms|s|min|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private PostgresTime() {}

    /** Milliseconds of {@code 10min}; empty if it is not a duration with a unit. */
    static Optional<Long> parse(String value) {
        Matcher matcher = SYNTAX.matcher(value);
        return matcher.matches()
                ? Optional.of(Long.parseLong(matcher.group(1)) * MILLIS.getOrDefault(matcher.group(2), 1L))
                : Optional.empty();
    }
}
