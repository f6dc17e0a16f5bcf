package dev.howdah.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Durations by phase, in the order in which the phases were first seen. Not thread-safe. */
final class Samples {
    private final Map<String, List<Duration>> byPhase = new LinkedHashMap<>();

    void add(String phase, Duration duration) {
        byPhase.computeIfAbsent(phase, _ -> new ArrayList<>()).add(duration);
    }

    /** A Markdown table: phase, number of samples, p50, p95 and maximum in milliseconds. */
    String table() {
        StringBuilder table = new StringBuilder("| phase | n | p50 ms | p95 ms | max ms |\n|---|---|---|---|---|\n");
        byPhase.forEach((phase, durations) -> {
            List<Duration> sorted = durations.stream().sorted().toList();
            table.append("| %s | %d | %d | %d | %d |%n"
                    .formatted(
                            phase,
                            sorted.size(),
                            percentile(sorted, 50).toMillis(),
                            percentile(sorted, 95).toMillis(),
                            sorted.getLast().toMillis()));
        });
        return table.toString();
    }

    /** The nearest-rank percentile of sorted durations. */
    static Duration percentile(List<Duration> sorted, int percent) {
        int rank = Math.ceilDiv(percent * sorted.size(), 100);
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
