package dev.howdah.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The report as one HTML file that needs no other. */
record ReportPage(
        String about, Machine machine, Instant begun, List<Target> targets, List<Table> tables, List<Chart> charts) {
    private static final int LABEL = 330;
    private static final int WIDTH = 560;
    private static final int ROW = 24;

    String html() {
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Howdah, measured</title><style>
                body{font:15px/1.45 system-ui,sans-serif;max-width:980px;margin:2em auto;padding:0 1em;color:#222}
                table{border-collapse:collapse;margin:.5em 0 1.5em}td,th{padding:.2em .8em .2em 0;text-align:left;border-bottom:1px solid #ddd}
                td+td{font-variant-numeric:tabular-nums}.no{color:#b00;font-weight:bold}.yes{color:#070}svg text{font-size:12px}
                </style></head><body><h1>Howdah, measured</h1><p>%s<br>%s<br>%s</p>
                <h2>Targets</h2><table><tr><th>what</th><th>measured</th><th>target</th><th></th></tr>%s</table>%s%s</body></html>
                """.formatted(
                        escaped(machine.toString()),
                        escaped(about),
                        begun.truncatedTo(ChronoUnit.MINUTES),
                        targets.stream().map(ReportPage::row).collect(Collectors.joining()),
                        charts.stream().map(ReportPage::figure).collect(Collectors.joining()),
                        tables.stream().map(ReportPage::table).collect(Collectors.joining()));
    }

    private static String row(Target target) {
        return "<tr><td>%s</td><td>%s</td><td>%s</td><td class=\"%s\">%s</td></tr>"
                .formatted(
                        escaped(target.what()),
                        target.figureText(),
                        target.limitText(),
                        target.met() ? "yes" : "no",
                        target.met() ? "met" : "not met");
    }

    private static String table(Table table) {
        return "<h2>%s</h2><table><tr>%s</tr>%s</table>"
                .formatted(
                        escaped(table.title()),
                        cells("th", table.columns()),
                        table.rows().stream()
                                .map(row -> "<tr>" + cells("td", row) + "</tr>")
                                .collect(Collectors.joining()));
    }

    private static String cells(String tag, List<String> cells) {
        return cells.stream()
                .map(cell -> "<%1$s>%2$s</%1$s>".formatted(tag, escaped(cell.replace("**", ""))))
                .collect(Collectors.joining());
    }

    private static String figure(Chart chart) {
        double scale = WIDTH / Math.max(chart.end(), 1e-9);
        String bars = IntStream.range(0, chart.bars().size())
                .mapToObj(i -> bar(chart.bars().get(i), i * ROW, scale, chart.unit()))
                .collect(Collectors.joining());
        return "<h2>%s</h2><svg width=\"%d\" height=\"%d\" role=\"img\">%s</svg>"
                .formatted(
                        escaped(chart.title()), LABEL + WIDTH + 90, chart.bars().size() * ROW + 4, bars);
    }

    private static String bar(Chart.Bar bar, int top, double scale, String unit) {
        double from = LABEL + bar.from() * scale;
        double to = LABEL + bar.to() * scale;
        double whisker = LABEL + bar.whisker() * scale;
        return """
                <text x="%d" y="%d" text-anchor="end">%s</text><rect x="%.1f" y="%d" width="%.1f" height="15" fill="%s"/>\
                <path d="M%.1f %d H%.1f" stroke="#444"/><text x="%.1f" y="%d">%s %s</text>""".formatted(
                        LABEL - 8,
                        top + 15,
                        escaped(bar.label()),
                        from,
                        top + 3,
                        Math.max(to - from, 1),
                        bar.floor() ? "#aaa" : "#3b7dd8",
                        to,
                        top + 10,
                        Math.max(whisker, to),
                        Math.max(whisker, to) + 5,
                        top + 15,
                        number(bar.to()),
                        unit);
    }

    private static String number(double figure) {
        return figure >= 100 ? "%.0f".formatted(figure) : "%.2f".formatted(figure);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
