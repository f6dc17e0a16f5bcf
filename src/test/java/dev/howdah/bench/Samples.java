package dev.howdah.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Durations by phase, in the order in which the phases were first seen. Not thread-safe. */
final class Samples {
    private static final String FLOOR = "floor";
    private final Map<String, List<Duration>> byPhase = new LinkedHashMap<>();

    void add(String phase, Duration duration) {
        byPhase.computeIfAbsent(phase, _ -> new ArrayList<>()).add(duration);
    }

    /** In milliseconds. */
    double percentile(String phase, int percent) {
        return millis(percentile(sorted(byPhase.getOrDefault(phase, List.of(Duration.ZERO))), percent));
    }

    /** Phase, number of samples, p50, p95 and maximum in milliseconds. */
    Table table(String title) {
        return new Table(
                title,
                List.of("phase", "n", "p50 ms", "p95 ms", "max ms"),
                byPhase.entrySet().stream()
                        .map(entry -> row(entry.getKey(), sorted(entry.getValue())))
                        .toList());
    }

    private static List<String> row(String phase, List<Duration> sorted) {
        return List.of(
                phase,
                String.valueOf(sorted.size()),
                "%.0f".formatted(millis(percentile(sorted, 50))),
                "%.0f".formatted(millis(percentile(sorted, 95))),
                "%.0f".formatted(millis(sorted.getLast())));
    }

    Chart chart(String title) {
        return new Chart(
                title,
                "ms",
                byPhase.keySet().stream()
                        .map(phase -> new Chart.Bar(
                                phase.replace("**", ""),
                                0,
                                percentile(phase, 50),
                                percentile(phase, 95),
                                phase.startsWith(FLOOR)))
                        .toList());
    }

    Map<String, List<Double>> millis() {
        return byPhase.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().map(Samples::millis).toList(),
                        (a, _) -> a,
                        LinkedHashMap::new));
    }

    private static List<Duration> sorted(List<Duration> durations) {
        return durations.stream().sorted().toList();
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /** The nearest-rank percentile of sorted durations. */
    static Duration percentile(List<Duration> sorted, int percent) {
        int rank = Math.ceilDiv(percent * sorted.size(), 100);
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
