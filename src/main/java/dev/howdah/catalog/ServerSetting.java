package dev.howdah.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One setting of postgresql.conf that a platform may choose, and the values it may take. */
sealed interface ServerSetting {
    /** As in postgresql.conf. */
    String name();

    /** JSON schema of its value. */
    Map<String, Object> schema();

    /** What is wrong with a value that fits the schema; empty if nothing is. */
    default Optional<String> problem(Object value) {
        return Optional.empty();
    }

    /** An amount of memory, in kB. */
    record Memory(String name, long leastKb, long mostKb) implements ServerSetting {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,9})(kB|MB|GB)");
        private static final Map<String, Long> KB = Map.of("kB", 1L, "MB", 1024L, "GB", 1024L * 1024);

        @Override
        public Map<String, Object> schema() {
            return described("string", range(), Map.of("pattern", "^[1-9][0-9]{0,9}(?:kB|MB|GB)$"));
        }

        @Override
        public Optional<String> problem(Object value) {
            Matcher form = FORM.matcher(String.valueOf(value));
            long kb = form.matches() ? Long.parseLong(form.group(1)) * KB.getOrDefault(form.group(2), 1L) : -1;
            return kb >= leastKb && kb <= mostKb ? Optional.empty() : Optional.of("must be " + range());
        }

        private String range() {
            return "from %dkB to %dkB, as in 64MB".formatted(leastKb, mostKb);
        }
    }

    /** A span of time; zero switches the limit off. */
    record Time(String name, Duration most) implements ServerSetting {
        @Override
        public Map<String, Object> schema() {
            return described("string", range(), Map.of("pattern", TimeSpan.POSTGRES_FORM));
        }

        @Override
        public Optional<String> problem(Object value) {
            return TimeSpan.ofPostgres(String.valueOf(value))
                            .filter(span -> span.compareTo(most) <= 0)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of("must be " + range());
        }

        private String range() {
            return "0 or up to %ds, with a unit (ms, s, min, h, d), as in 30s".formatted(most.toSeconds());
        }
    }

    record Whole(String name, int least, int most) implements ServerSetting {
        @Override
        public Map<String, Object> schema() {
            return described(
                    "integer", "from %d to %d".formatted(least, most), Map.of("minimum", least, "maximum", most));
        }
    }

    record Decimal(String name, BigDecimal least, BigDecimal most) implements ServerSetting {
        @Override
        public Map<String, Object> schema() {
            return described(
                    "number", "from %s to %s".formatted(least, most), Map.of("minimum", least, "maximum", most));
        }
    }

    record Switch(String name) implements ServerSetting {
        @Override
        public Map<String, Object> schema() {
            return described("boolean", "true or false", Map.of());
        }
    }

    record Choice(String name, List<String> values) implements ServerSetting {
        @Override
        public Map<String, Object> schema() {
            return described("string", "one of " + String.join(", ", values), Map.of("enum", values));
        }
    }

    record Text(String name, String example, String pattern) implements ServerSetting {
        @Override
        public Map<String, Object> schema() {
            return described("string", "as in " + example, Map.of("pattern", pattern, "maxLength", 64));
        }
    }

    private static Map<String, Object> described(String type, String description, Map<String, Object> rest) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        schema.put("description", description);
        schema.putAll(rest);
        return schema;
    }
}
