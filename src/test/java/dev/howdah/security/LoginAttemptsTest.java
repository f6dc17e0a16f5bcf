package dev.howdah.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.security.SecurityProperties.FailedLogins;
import dev.howdah.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {
    private final TestClock clock = new TestClock();
    private final LoginAttempts attempts =
            new LoginAttempts(new FailedLogins(10, Duration.ofMinutes(1), Duration.ofHours(1)), clock);

    @Test
    void afterTenFailuresAnAddressWaitsAndTheOthersDoNot() {
        fail(10);

        assertThat(attempts.wait("10.0.0.1", "howdah")).isEqualTo(Duration.ofSeconds(6));
        assertThat(attempts.wait("10.0.0.2", "howdah")).isZero();
        assertThat(attempts.wait("10.0.0.1", "other")).isZero();
    }

    @Test
    void waitingGivesOneMoreAttemptAtATimeAndInTheEndAll() {
        fail(10);

        clock.pass(Duration.ofSeconds(6));
        assertThat(attempts.wait("10.0.0.1", "howdah")).isZero();
        fail(1);
        assertThat(attempts.wait("10.0.0.1", "howdah")).isPositive();
        clock.pass(Duration.ofMinutes(1));
        fail(9);
        assertThat(attempts.wait("10.0.0.1", "howdah")).isZero();
    }

    @Test
    void whoWasRightLatelyIsTrustedForAnHour() {
        attempts.succeeded("10.0.0.1", "howdah");

        assertThat(attempts.trusts("10.0.0.1", "howdah")).isTrue();
        assertThat(attempts.trusts("10.0.0.2", "howdah")).isFalse();
        clock.pass(Duration.ofHours(1));
        assertThat(attempts.trusts("10.0.0.1", "howdah")).isFalse();
    }

    @Test
    void aFloodOfNamesTakesNoMoreMemoryThanALimit() {
        for (int i = 0; i < 20_000; i++) {
            attempts.failed("10.0.0.1", "user-" + i + "x".repeat(1000));
        }

        assertThat(attempts.size()).isEqualTo(10_000);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed("10.0.0.1", "howdah");
        }
    }
}
