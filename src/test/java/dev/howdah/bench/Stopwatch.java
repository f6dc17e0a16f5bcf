package dev.howdah.bench;

import java.time.Duration;

/** Tells the time since it was made. */
final class Stopwatch {
    private final long startedAt = System.nanoTime();

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
