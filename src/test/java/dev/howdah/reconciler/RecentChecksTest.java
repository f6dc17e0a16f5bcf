package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often what does not change is looked at. */
class RecentChecksTest {
    private static final Duration FEW = Duration.ofMinutes(5);

    private final RecentChecks checks = new RecentChecks(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void fewAreLookedAtAsOftenAsIsAsked() {
        remember(75);
        assertThat(checks.interval(FEW)).isEqualTo(FEW);
    }

    @Test
    void theMoreThereAreTheMoreRarelyEachIsLookedAt() {
        remember(500);
        assertThat(checks.interval(FEW)).isEqualTo(Duration.ofSeconds(2000));
    }

    @Test
    void whatIsForgottenTakesNoTurn() {
        remember(500);
        IntStream.range(75, 500).forEach(number -> checks.forget("uid-" + number));
        assertThat(checks.interval(FEW)).isEqualTo(FEW);
    }

    private void remember(int number) {
        IntStream.range(0, number).forEach(each -> checks.remember("uid-" + each, "state"));
    }
}
