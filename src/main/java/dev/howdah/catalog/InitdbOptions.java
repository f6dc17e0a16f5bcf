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
    private static final int OLDEST = 14;
    private static final String NAME = "[A-Za-z0-9_.@-]{1,63}";
    private static final List<Option> ALLOWED = List.of(
            new Option("--data-checksums", "--data-checksums|-k", "data checksums", OLDEST),
            new Option("--no-data-checksums", "--no-data-checksums", "data checksums", 18),
            new Option(
                    "--wal-segsize=<1, 2, 4 ... 64>",
                    "--wal-segsize=(?:1|2|4|8|16|32|64)",
                    "the WAL segment size",
                    OLDEST),
            new Option("--encoding=UTF8", "--encoding=UTF-?8", "the encoding", OLDEST),
            new Option("--no-locale", "--no-locale", "the locale", OLDEST),
            new Option("--locale=<name>", "--locale=" + NAME, "the locale", OLDEST),
            new Option("--lc-collate=<name>", "--lc-collate=" + NAME, "the collation", OLDEST),
            new Option("--lc-ctype=<name>", "--lc-ctype=" + NAME, "the character types", OLDEST),
            new Option("--locale-provider=<libc or icu>", "--locale-provider=(?:libc|icu)", "the locale provider", 15),
            new Option("--icu-locale=<name>", "--icu-locale=" + NAME, "the locale of ICU", 15),
            new Option("--locale-provider=builtin", "--locale-provider=builtin", "the locale provider", 17),
            new Option(
                    "--builtin-locale=<C or C.UTF-8>", "--builtin-locale=(?:C|C\\.UTF-?8)", "the builtin locale", 17),
            new Option(
                    "--builtin-locale=PG_UNICODE_FAST", "--builtin-locale=PG_UNICODE_FAST", "the builtin locale", 18));

    private static final String ONE =
            ALLOWED.stream().map(Option::expression).collect(Collectors.joining("|", "(?:", ")"));
    private static final Pattern ONE_PATTERN = Pattern.compile(ONE);
    private static final int MAX_OPTIONS = 8;

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
        for (String option : options) {
            find(option).filter(allowed -> allowed.since() > version).ifPresent(later -> {
                throw new IllegalArgumentException("%s needs PostgreSQL %d or later, and this server is %d"
                        .formatted(option, later.since(), version));
            });
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
     * @param since first major version that has it
     */
    private record Option(String form, String expression, String subject, int since) {}
}
