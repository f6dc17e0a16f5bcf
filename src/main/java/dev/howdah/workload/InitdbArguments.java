package dev.howdah.workload;

import dev.howdah.catalog.InitdbOptions;
import dev.howdah.crd.PostgresServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The options of initdb that a server gets: what was asked for, and what keeps its data safe. (PostgreSQL manual, "initdb".) */
final class InitdbArguments {

    private static final int BUILTIN_LOCALE_PROVIDER_SINCE = 17;

    private InitdbArguments() {}

    /** The complete list for a server, in the order initdb gets it: later options win over earlier ones. */
    static List<String> of(PostgresServerSpec spec) {
        int version = Integer.parseInt(spec.version());
        List<String> asked = asked(spec, version);
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
        return version < BUILTIN_LOCALE_PROVIDER_SINCE || chosen
                ? List.of()
                : List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    }

    private static List<String> asked(PostgresServerSpec spec, int version) {
        try {
            return InitdbOptions.parse(Optional.ofNullable(spec.initdbArgs()).orElse(List.of()), version);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("spec.initdbArgs: " + refused.getMessage(), refused);
        }
    }

    private static boolean isChecksumOption(String argument) {
        return Stream.of("--data-checksums", "-k", "--no-data-checksums").anyMatch(argument::equals);
    }

    private static Predicate<String> startsWith(String prefix) {
        return argument -> argument.startsWith(prefix);
    }
}
