package dev.howdah.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a run has found. Written to {@code target/bench} after each section, so that an aborted run tells too. */
final class Report {
    private final Machine machine = Machine.ofThisJvm();
    private final Instant begun = Instant.now();
    private final String about;
    private final List<Table> tables = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, Object> raw = new LinkedHashMap<>();

    Report(String about) {
        this.about = about;
    }

    static Path folder() throws IOException {
        return Files.createDirectories(Path.of("target", "bench").toAbsolutePath());
    }

    void add(Table table) {
        tables.add(table);
        System.out.print(table.markdown());
    }

    void add(Chart chart) {
        charts.add(chart);
    }

    void add(Target target) {
        targets.add(target);
        System.out.printf(
                "%n%s: %s, target %s: %s%n",
                target.what(), target.figureText(), target.limitText(), target.met() ? "met" : "NOT MET");
    }

    /** Keeps what a figure was computed from. */
    void raw(String name, Object figures) {
        raw.put(name, figures);
    }

    /** Durations by phase as a table, a chart and raw milliseconds. */
    void add(String title, Samples samples) {
        add(samples.table(title));
        add(samples.chart(title));
        raw(title, samples.millis());
    }

    Table targets() {
        return new Table(
                "Targets",
                List.of("what", "measured", "target", ""),
                targets.stream()
                        .map(target -> List.of(
                                target.what(),
                                target.figureText(),
                                target.limitText(),
                                target.met() ? "met" : "**not met**"))
                        .toList());
    }

    void write() throws IOException {
        Path folder = folder();
        Files.writeString(
                folder.resolve("report.html"), new ReportPage(about, machine, begun, targets, tables, charts).html());
        Files.writeString(
                folder.resolve("report.json"),
                JsonMapper.builder()
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Map.of(
                                "about", about,
                                "machine", machine,
                                "begun", begun.toString(),
                                "targets", targets,
                                "figures", raw)));
        StringBuilder text = new StringBuilder("%s, %s%n".formatted(machine, about));
        text.append(targets().markdown());
        tables.forEach(table -> text.append(table.markdown()));
        Files.writeString(folder.resolve("report.md"), text);
    }
}
