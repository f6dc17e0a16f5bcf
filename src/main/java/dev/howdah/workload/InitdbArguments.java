package dev.howdah.workload;

import dev.howdah.crd.PostgresServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Options of initdb: what a person may ask for and what a server gets. Options that touch authentication, paths or the
 * server's own configuration are not allowed. (PostgreSQL manual, "initdb".)
 */
public final class InitdbArguments {

    private static final int BUILTIN_LOCALE_PROVIDER_SINCE = 17;
    private static final String LOCALE_NAME = "[A-Za-z0-9_.@-]{1,63}";

    private static final List<Option> ALLOWED = List.of(
            new Option("--data-checksums", 14),
            new Option("-k", 14),
            // Before PostgreSQL 18 initdb does not know the option; there, leaving --data-checksums out does the same.
            new Option("--no-data-checksums", 14),
            new Option("--wal-segsize=(1|2|4|8|16|32|64)", 14),
            new Option("--encoding=(UTF8|UTF-8|SQL_ASCII|LATIN1|LATIN9|WIN1252)", 14),
            new Option("--no-locale", 14),
            new Option("--locale=" + LOCALE_NAME, 14),
            new Option("--lc-(collate|ctype)=" + LOCALE_NAME, 14),
            new Option("--locale-provider=(libc|icu)", 15),
            new Option("--icu-locale=" + LOCALE_NAME, 15),
            new Option("--locale-provider=builtin", BUILTIN_LOCALE_PROVIDER_SINCE),
            new Option("--builtin-locale=(C|C\\.UTF-8|C\\.UTF8)", BUILTIN_LOCALE_PROVIDER_SINCE),
            new Option("--builtin-locale=PG_UNICODE_FAST", 18));

    private InitdbArguments() {}

    /**
     * What is wrong with the options that were asked for.
     *
     * @param version major version of PostgreSQL
     * @return one sentence for each wrong option; empty if all are allowed
     */
    public static List<String> problems(List<String> arguments, String version) {
        return arguments.stream()
                .flatMap(argument -> problem(argument, Integer.parseInt(version)).stream())
                .toList();
    }

    /** The complete list for a server, in the order initdb gets it: later options win over earlier ones. */
    static List<String> of(PostgresServerSpec spec) {
        List<String> asked = Optional.ofNullable(spec.initdbArgs()).orElse(List.of());
        List<String> problems = problems(asked, spec.version());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("spec.initdbArgs: " + String.join("; ", problems));
        }
        int version = Integer.parseInt(spec.version());
        List<String> all = new ArrayList<>();
        all.addAll(checksums(asked, version));
        all.addAll(localeProvider(asked, version));
        if (asked.stream().noneMatch(startsWith("--encoding="))) {
            all.add("--encoding=UTF8");
        }
        asked.stream().filter(argument -> !isChecksumOption(argument)).forEach(all::add);
        return List.copyOf(all);
    }

    /** Size of one file of the write-ahead log in MiB. */
    static int walSegmentMib(PostgresServerSpec spec) {
        return Optional.ofNullable(spec.initdbArgs()).orElse(List.of()).stream()
                .filter(startsWith("--wal-segsize="))
                .map(argument -> Integer.valueOf(argument.substring("--wal-segsize=".length())))
                .reduce(16, (earlier, later) -> later);
    }

    /** On unless refused: a cheap guard against volumes that return other bytes than they were given. */
    private static List<String> checksums(List<String> asked, int version) {
        if (!asked.contains("--no-data-checksums")) {
            return List.of("--data-checksums");
        }
        return version >= 18 ? List.of("--no-data-checksums") : List.of();
    }

    /** PostgreSQL's own C.UTF-8 sorts alike in every image, so a change of image never corrupts an index. */
    private static List<String> localeProvider(List<String> asked, int version) {
        boolean chosen = asked.stream()
                .anyMatch(
                        Pattern.compile("--(no-)?locale|--lc-|--icu|--builtin").asPredicate());
        boolean otherEncoding = asked.stream()
                .anyMatch(startsWith("--encoding=")
                        .and(startsWith("--encoding=UTF").negate()));
        return version < BUILTIN_LOCALE_PROVIDER_SINCE || chosen || otherEncoding
                ? List.of()
                : List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    }

    private static Optional<String> problem(String argument, int version) {
        List<Option> matching =
                ALLOWED.stream().filter(option -> option.matches(argument)).toList();
        if (matching.isEmpty()) {
            return Optional.of("'" + argument + "' is not allowed; allowed are "
                    + String.join(", ", ALLOWED.stream().map(Option::regex).toList()));
        }
        int since = matching.getFirst().since();
        return since <= version
                ? Optional.empty()
                : Optional.of("'" + argument + "' needs PostgreSQL " + since + " or later, this server is " + version);
    }

    private static boolean isChecksumOption(String argument) {
        return Stream.of("--data-checksums", "-k", "--no-data-checksums").anyMatch(argument::equals);
    }

    private static Predicate<String> startsWith(String prefix) {
        return argument -> argument.startsWith(prefix);
    }

    /**
     * @param regex what the whole option must match
     * @param since first major version that has it
     */
    private record Option(String regex, int since) {

        boolean matches(String argument) {
            return argument.matches(regex);
        }
    }
}
