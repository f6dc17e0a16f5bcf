package dev.howdah.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/** What was tried and what came of it, written to {@code target/faults} again and again, so that an aborted run tells too. */
final class Summary {
    /** The promises of design and README, and what breaks each. */
    enum Promise {
        LOST,
        STUCK,
        LEAKED,
        WRONG
    }

    private static final Duration LATE = Duration.ofMinutes(5);

    private final String test;
    private final String environment;
    private final long seed;
    private final Instant begun = Instant.now();
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final Map<String, Duration> longest = new ConcurrentHashMap<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();

    Summary(String test, String environment, long seed) {
        this.test = test;
        this.environment = environment;
        this.seed = seed;
        say("begins on the " + environment + "; replay its choices with -Dhowdah.faults.seed=" + seed);
    }

    static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "faults").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void count(String what) {
        counts.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    long counted(String what) {
        LongAdder counter = counts.get(what);
        return counter == null ? 0 : counter.sum();
    }

    void took(String what, Duration duration) {
        longest.merge(what, duration, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /** Notes what ended well after all, but took so long that a person would have asked: a busy machine, or something to look into. */
    void ended(String what, Duration duration) {
        took(what, duration);
        if (duration.compareTo(LATE) > 0) {
            count("late: " + what);
            say("late: " + what + " took " + duration.toSeconds() + " s");
        }
    }

    /** Notes a broken promise; the run goes on. */
    void broken(Promise promise, String detail) {
        broken.add(promise + ": " + detail);
        say("!!! " + promise + ": " + detail);
        write();
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    void say(String line) {
        System.out.println("[" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + test + "] " + line);
    }

    void write() {
        String text = JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Map.of(
                        "test",
                        test,
                        "environment",
                        environment,
                        "seed",
                        seed,
                        "begun",
                        begun.toString(),
                        "minutes",
                        Duration.between(begun, Instant.now()).toMinutes(),
                        "counts",
                        counts.entrySet().stream()
                                .collect(java.util.stream.Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> entry.getValue().sum(),
                                        Long::sum,
                                        java.util.TreeMap::new)),
                        "longestMillis",
                        longest.entrySet().stream()
                                .collect(java.util.stream.Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> entry.getValue().toMillis(),
                                        Long::sum,
                                        java.util.TreeMap::new)),
                        "broken",
                        broken));
        try {
            Files.writeString(folder().resolve(test + "-" + environment.replace(' ', '-') + ".json"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
