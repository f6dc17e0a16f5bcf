package dev.howdah.catalog;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time as parameters write it. */
public final class TimeSpan {
    /** PostgreSQL's manual, "Numeric with Unit"; 0 switches a limit off. */
    static final String POSTGRES_FORM = "^(?:0|[1-9][0-9]{0,8}(?:ms|s|min|h|d))$";

    private static final Pattern POSTGRES = Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|min|h|d)?");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private TimeSpan() {}

    /** Reads PostgreSQL's notation, as in {@code 30s}; a bare number is milliseconds. Empty if it is none. */
    public static Optional<Duration> ofPostgres(String text) {
        Matcher form = POSTGRES.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String unit = form.group(2) == null ? "ms" : form.group(2);
        return Optional.of(UNITS.getOrDefault(unit, Duration.ZERO).multipliedBy(Long.parseLong(form.group(1))));
    }

    /** Reads whole seconds (a number) or ISO 8601 (a text, as in {@code PT12H} or {@code P30D}). Empty if it is none. */
    public static Optional<Duration> of(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(Duration.ofSeconds(((Number) value).longValue()));
        }
        try {
            return value instanceof String text ? Optional.of(Duration.parse(text)) : Optional.empty();
        } catch (DateTimeParseException notIso) {
            return Optional.empty();
        }
    }
}
