package dev.howdah.bench;

import java.util.List;

/**
 * Horizontal bars.
 *
 * @param unit of all figures
 */
record Chart(String title, String unit, List<Bar> bars) {

    /**
     * @param from where it begins, zero unless it follows another
     * @param to where it ends: the median
     * @param whisker 95 of 100 are not beyond
     * @param floor whether it is what others are compared with
     */
    record Bar(String label, double from, double to, double whisker, boolean floor) {
        static Bar of(String label, double to, double whisker) {
            return new Bar(label, 0, to, whisker, false);
        }

        static Bar floor(String label, double to, double whisker) {
            return new Bar(label, 0, to, whisker, true);
        }
    }

    double end() {
        return bars.stream()
                .mapToDouble(bar -> Math.max(bar.to(), bar.whisker()))
                .max()
                .orElse(1);
    }
}
