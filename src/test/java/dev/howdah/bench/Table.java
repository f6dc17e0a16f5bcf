package dev.howdah.bench;

import java.util.List;
import java.util.stream.Collectors;

/** Figures in rows. */
record Table(String title, List<String> columns, List<List<String>> rows) {
    String markdown() {
        return "%n%s%n%n%s%n%s%n%s%n"
                .formatted(
                        title,
                        line(columns),
                        "|" + "---|".repeat(columns.size()),
                        rows.stream().map(Table::line).collect(Collectors.joining("\n")));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
