package dev.howdah.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.broker.StoreUnavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long the questions that answer one request may take together. */
class QuestionTimeTest {
    @Test
    void aRequestAsksAsOftenAsItsTimeAllows() {
        assertThat(QuestionTime.<String>limited(
                        Duration.ofMinutes(1), () -> QuestionTime.ask(() -> "a") + QuestionTime.ask(() -> "b")))
                .isEqualTo("ab");
    }

    @Test
    void noFurtherQuestionIsBegunWhenTheTimeIsUsedUp() {
        assertThatThrownBy(() -> QuestionTime.<String>limited(
                        Duration.ofNanos(1), () -> QuestionTime.ask(() -> "a") + QuestionTime.ask(() -> "b")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("The Kubernetes API answers too slowly");
    }

    @Test
    void aQuestionThatFailsTakesTimeAsWell() {
        assertThatThrownBy(() -> QuestionTime.<String>limited(Duration.ofNanos(1), () -> {
                    assertThatThrownBy(() -> QuestionTime.ask(() -> {
                                throw new IllegalStateException("away");
                            }))
                            .hasMessage("away");
                    return QuestionTime.ask(() -> "b");
                }))
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void theNextRequestHasItsOwnTime() {
        String both = QuestionTime.<String>limited(Duration.ofNanos(1), () -> QuestionTime.ask(() -> "a"))
                + QuestionTime.<String>limited(Duration.ofNanos(1), () -> QuestionTime.ask(() -> "b"));
        assertThat(both).isEqualTo("ab");
    }

    @Test
    void outsideOfARequestNothingIsLimited() {
        assertThat(QuestionTime.<String>ask(() -> "a")).isEqualTo("a");
    }
}
