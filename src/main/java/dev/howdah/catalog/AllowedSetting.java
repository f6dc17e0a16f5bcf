package dev.howdah.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One postgresql.conf value that a person may choose.
 *
 * @param name PostgreSQL's name of the setting
 * @param range the values it may take
 * @param needsRestart whether PostgreSQL takes a new value only at its start (context {@code postmaster} in pg_settings)
 */
public record AllowedSetting(String name, Range range, boolean needsRestart) {

    /** What is wrong with the value, as a sentence that names the setting and says what is possible. */
    public Optional<String> problem(String value) {
        return range.contains(value)
                ? Optional.empty()
                : Optional.of(name + ": '" + value + "' is not possible; use " + range.description());
    }

    /** JSON schema of the value as a platform sends it. */
    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", range.description());
        schema.putAll(range.schema());
        return schema;
    }

    /** The values a setting may take. */
    public sealed interface Range {

        boolean contains(String value);

        /** Completes the sentence "use …". */
        String description();

        /** JSON schema of a value; where a range has units, the schema only says how it is written. */
        Map<String, Object> schema();

        /** Bytes, written as PostgreSQL writes them: a whole number with kB, MB or GB. */
        record Memory(String min, String max) implements Range {

            @Override
            public boolean contains(String value) {
                Optional<Long> bytes = PostgresMemory.parse(value);
                return bytes.isPresent() && bytes.get() >= bytes(min) && bytes.get() <= bytes(max);
            }

            @Override
            public String description() {
                return "a size from " + min + " to " + max;
            }

            @Override
            public Map<String, Object> schema() {
                return Map.of("type", "string", "pattern", "^[1-9][0-9]{0,8}(?:kB|MB|GB)$");
            }

            private static long bytes(String bound) {
                return PostgresMemory.parse(bound).orElseThrow();
            }
        }

        /** A duration with ms, s, min, h or d; {@code 0} means off, if allowed. */
        record Time(boolean mayBeOff, String min, String max) implements Range {

            @Override
            public boolean contains(String value) {
                if (value.equals("0")) {
                    return mayBeOff;
                }
                return value.matches(TimeSpan.POSTGRES_FORM)
                        && span(value).compareTo(span(min)) >= 0
                        && span(value).compareTo(span(max)) <= 0;
            }

            @Override
            public String description() {
                return (mayBeOff ? "0 (off) or " : "") + "a duration from " + min + " to " + max;
            }

            @Override
            public Map<String, Object> schema() {
                return Map.of("type", "string", "pattern", TimeSpan.POSTGRES_FORM);
            }

            private static Duration span(String text) {
                return TimeSpan.ofPostgres(text).orElseThrow();
            }
        }

        /** A number without unit. */
        record Number(BigDecimal min, BigDecimal max, boolean whole) implements Range {

            @Override
            public boolean contains(String value) {
                if (!value.matches(whole ? "-?\\d{1,10}" : "-?\\d{1,10}(\\.\\d{1,6})?")) {
                    return false;
                }
                BigDecimal number = new BigDecimal(value);
                return number.compareTo(min) >= 0 && number.compareTo(max) <= 0;
            }

            @Override
            public String description() {
                return (whole ? "a whole number from " : "a number from ") + min + " to " + max;
            }

            @Override
            public Map<String, Object> schema() {
                return Map.of("type", whole ? "integer" : "number", "minimum", min, "maximum", max);
            }
        }

        record OneOf(List<String> values) implements Range {

            @Override
            public boolean contains(String value) {
                return values.contains(value);
            }

            @Override
            public String description() {
                return "one of " + String.join(", ", values);
            }

            @Override
            public Map<String, Object> schema() {
                return values.equals(List.of("on", "off"))
                        ? Map.of("type", "boolean")
                        : Map.of("type", "string", "enum", values);
            }
        }

        /** @param example shown to who got it wrong */
        record Text(String regex, String example) implements Range {

            @Override
            public boolean contains(String value) {
                return value.matches(regex);
            }

            @Override
            public String description() {
                return "something like " + example;
            }

            @Override
            public Map<String, Object> schema() {
                return Map.of("type", "string", "pattern", "^(?:" + regex + ")$");
            }
        }
    }

    static AllowedSetting memory(String name, String min, String max) {
        return new AllowedSetting(name, new Range.Memory(min, max), false);
    }

    static AllowedSetting timeout(String name, String max) {
        return new AllowedSetting(name, new Range.Time(true, "1ms", max), false);
    }

    static AllowedSetting time(String name, String min, String max) {
        return new AllowedSetting(name, new Range.Time(false, min, max), false);
    }

    static AllowedSetting whole(String name, long min, long max) {
        return new AllowedSetting(
                name, new Range.Number(BigDecimal.valueOf(min), BigDecimal.valueOf(max), true), false);
    }

    static AllowedSetting decimal(String name, String min, String max) {
        return new AllowedSetting(name, new Range.Number(new BigDecimal(min), new BigDecimal(max), false), false);
    }

    static AllowedSetting oneOf(String name, String... values) {
        return new AllowedSetting(name, new Range.OneOf(List.of(values)), false);
    }

    static AllowedSetting text(String name, String regex, String example) {
        return new AllowedSetting(name, new Range.Text(regex, example), false);
    }

    AllowedSetting atRestart() {
        return new AllowedSetting(name, range, true);
    }
}
