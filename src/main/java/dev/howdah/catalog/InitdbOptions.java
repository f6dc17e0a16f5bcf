package dev.howdah.catalog;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The options of initdb that a platform may set with the parameter {@code init-db-args}. All others either name files
 * and users, which are Howdah's business, or would weaken the server.
 *
 * <p>Source: PostgreSQL's manual, initdb.
 */
public final class InitdbOptions {
    private static final List<Option> ALLOWED = List.of(
            new Option("-k", "-k", "data checksums"),
            new Option("--data-checksums", "--data-checksums", "data checksums"),
            new Option("--no-data-checksums", "--no-data-checksums", "data checksums"),
            new Option(
                    "--wal-segsize=<1, 2, 4 ... 1024>", "--wal-segsize=(?:1|2|4|8|16|32|64|128|256|512|1024)", "wal"),
            new Option("--encoding=UTF8", "(?:--encoding=|-E)(?:UTF8|UTF-8|utf8|utf-8)", "encoding"),
            new Option("--locale=<C, C.UTF-8 or POSIX>", "--locale=(?:C|C\\.UTF-8|C\\.utf8|POSIX)", "locale"),
            new Option(
                    "--text-search-config=<language>",
                    "(?:--text-search-config=|-T)(?:simple|danish|dutch|english|finnish|french|german|hungarian|italian"
                            + "|norwegian|portuguese|romanian|russian|spanish|swedish|turkish)",
                    "text search"));

    private static final String ONE =
            ALLOWED.stream().map(Option::expression).collect(Collectors.joining("|", "(?:", ")"));
    private static final Pattern ONE_PATTERN = Pattern.compile(ONE);
    private static final int MAX_OPTIONS = 8;
    private static final int FIRST_VERSION_WITH_CHECKSUMS_BY_DEFAULT = 18;

    private InitdbOptions() {}

    /**
     * Splits the parameter into single options.
     *
     * @param parameter a text with options parted by white space, or a list of options
     * @throws IllegalArgumentException naming the option that is not allowed and those that are
     */
    public static List<String> parse(Object parameter) {
        List<String> options = split(parameter);
        Set<String> subjects = new HashSet<>();
        for (String option : options) {
            Option allowed = find(option)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'%s' is not allowed; allowed are %s".formatted(option, allowedOptions())));
            if (!subjects.add(allowed.subject())) {
                throw new IllegalArgumentException("sets %s twice".formatted(allowed.subject()));
            }
        }
        return options;
    }

    /**
     * As {@link #parse(Object)}, for a server of the given major version.
     *
     * @throws IllegalArgumentException also if the initdb of that version does not know an option
     */
    public static List<String> parse(Object parameter, int version) {
        List<String> options = parse(parameter);
        if (version < FIRST_VERSION_WITH_CHECKSUMS_BY_DEFAULT && options.contains("--no-data-checksums")) {
            throw new IllegalArgumentException(
                    "--no-data-checksums is known from PostgreSQL 18 on; %d has no checksums by default"
                            .formatted(version));
        }
        return options;
    }

    /** The allow-list as a person reads it. */
    public static List<String> allowedOptions() {
        return ALLOWED.stream().map(Option::form).toList();
    }

    static Map<String, Object> schema() {
        String text = "^\\s*(?:%s(?:\\s+%s)*)?\\s*$".formatted(ONE, ONE);
        return Map.of(
                "description",
                "Options of initdb, as one text or as a list: " + String.join(", ", allowedOptions()),
                "oneOf",
                List.of(
                        Map.of("type", "string", "maxLength", 500, "pattern", text),
                        Map.of(
                                "type",
                                "array",
                                "maxItems",
                                MAX_OPTIONS,
                                "uniqueItems",
                                true,
                                "items",
                                Map.of("type", "string", "pattern", "^%s$".formatted(ONE)))));
    }

    private static List<String> split(Object parameter) {
        if (parameter instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return Arrays.stream(String.valueOf(parameter).trim().split("\\s+"))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    private static Optional<Option> find(String option) {
        if (!ONE_PATTERN.matcher(option).matches()) {
            return Optional.empty();
        }
        return ALLOWED.stream()
                .filter(allowed -> option.matches(allowed.expression()))
                .findFirst();
    }

    /**
     * @param form as a person reads it
     * @param expression regular expression of the whole option
     * @param subject what it sets; one option per subject
     */
    private record Option(String form, String expression, String subject) {}
}
