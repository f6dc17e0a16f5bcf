package dev.howdah.bench;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What is hot inside the process, by JMH. */
final class JmhSection {
    void run(Report report) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("dev[.]howdah[.](osb|kubernetes|workload)[.].*Benchmark[.].*")
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        .build())
                .run();
        report.add(new Table(
                "In the process, by JMH",
                List.of("what", "µs", "± (99.9 %)"),
                results.stream()
                        .map(result -> List.of(
                                name(result),
                                "%.2f".formatted(result.getPrimaryResult().getScore()),
                                "%.2f".formatted(result.getPrimaryResult().getScoreError())))
                        .toList()));
        report.raw(
                "JMH",
                results.stream()
                        .collect(Collectors.toMap(
                                JmhSection::name,
                                result -> Map.of(
                                        "score", result.getPrimaryResult().getScore(),
                                        "error", result.getPrimaryResult().getScoreError(),
                                        "unit", result.getPrimaryResult().getScoreUnit()))));
    }

    private static String name(RunResult result) {
        String[] parts = result.getParams().getBenchmark().split("[.]");
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }
}
