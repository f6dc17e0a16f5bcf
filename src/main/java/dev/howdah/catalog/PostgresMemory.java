package dev.howdah.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as postgresql.conf writes them. (PostgreSQL manual, "Parameter Names and Values".) */
public final class PostgresMemory {

    public static final long KIB = 1024;
    public static final long MIB = 1024 * KIB;
    public static final long GIB = 1024 * MIB;

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(kB|MB|GB)");
    private static final Map<String, Long> UNITS = Map.of("kB", KIB, "MB", MIB, "GB", GIB);

    private PostgresMemory() {}

    /** Bytes of {@code 64MB}; empty if it is not an amount with a unit. */
    public static Optional<Long> parse(String value) {
        Matcher matcher = SYNTAX.matcher(value);
        return matcher.matches()
                ? Optional.of(Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1L))
                : Optional.empty();
    }

    /** In the largest unit that says it without loss; less than a kB is cut off. */
    public static String format(long bytes) {
        if (bytes % GIB == 0) {
            return bytes / GIB + "GB";
        }
        return bytes % MIB == 0 ? bytes / MIB + "MB" : bytes / KIB + "kB";
    }
}
