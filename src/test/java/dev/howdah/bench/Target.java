package dev.howdah.bench;

import java.util.Locale;

/**
 * A figure that Howdah wants to reach.
 *
 * @param atMost whether the figure has to be at most the limit, or at least
 */
record Target(String what, double figure, boolean atMost, double limit, String unit) {
    static Target atMost(String what, double figure, double limit, String unit) {
        return new Target(what, figure, true, limit, unit);
    }

    static Target atLeast(String what, double figure, double limit, String unit) {
        return new Target(what, figure, false, limit, unit);
    }

    boolean met() {
        return atMost ? figure <= limit : figure >= limit;
    }

    String figureText() {
        return text(figure);
    }

    String limitText() {
        return (atMost ? "≤ " : "≥ ") + text(limit);
    }

    private String text(double number) {
        String digits = number == Math.rint(number) || Math.abs(number) >= 100
                ? "%.0f".formatted(number)
                : String.format(Locale.ROOT, "%.2f", number);
        return unit.isEmpty() ? digits : digits + " " + unit;
    }
}
