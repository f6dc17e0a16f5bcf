package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void whatTheApiServerAddsDoesNotMatter() {
        assertThat(Agreement.holds(Map.of("a", "1"), Map.of("a", "1", "defaulted", true)))
                .isTrue();
    }

    @Test
    void whatAPersonChangedMatters() {
        assertThat(Agreement.holds(Map.of("a", Map.of("b", 1)), Map.of("a", Map.of("b", 2))))
                .isFalse();
        assertThat(Agreement.holds(Map.of("a", "1"), Map.of())).isFalse();
        assertThat(Agreement.holds(Map.of("off", false), Map.of("off", true))).isFalse();
        assertThat(Agreement.holds(List.of("a"), List.of("a", "b"))).isFalse();
    }

    @Test
    void whatIsEmptyMayBeLeftOut() {
        assertThat(Agreement.holds(Map.of("a", List.of(), "b", Map.of(), "c", false, "d", ""), Map.of()))
                .isTrue();
    }

    @Test
    void quantitiesAreComparedByWhatTheyMean() {
        assertThat(Agreement.holds(Map.of("memory", "1024Mi"), Map.of("memory", "1Gi")))
                .isTrue();
        assertThat(Agreement.holds(Map.of("memory", "1025Mi"), Map.of("memory", "1Gi")))
                .isFalse();
    }
}
