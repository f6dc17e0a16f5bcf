package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.TestClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvisionTurnsTest {
    private static final Duration TURN = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final ProvisionTurns<String> turns = new ProvisionTurns<>(4, TURN, clock);
    private final List<String> woken = new ArrayList<>();

    ProvisionTurnsTest() {
        turns.begin(woken::add);
    }

    @Test
    void noMoreThanAllowedBeginAndThoseThatDidGoOn() {
        List<String> begun = ask("a", 0, 10);

        assertThat(begun).containsExactly("a0", "a1", "a2", "a3");
        assertThat(turns.take("a1", "a")).isTrue();
        assertThat(turns.waiting()).isEqualTo(6);
    }

    @Test
    void whoIsReadyMakesRoomForTheNextAndWakesIt() {
        ask("a", 0, 6);

        turns.giveBack("a2");

        assertThat(woken).containsExactly("a4");
        assertThat(turns.take("a4", "a")).isTrue();
        assertThat(turns.take("a5", "a")).isFalse();
    }

    @Test
    void aPlatformThatAsksForOneDoesNotWaitBehindFiveHundredOfAnother() {
        ask("many", 0, 500);
        assertThat(turns.take("one0", "one")).isFalse();

        turns.giveBack("many0");

        assertThat(woken).containsExactly("one0");
    }

    @Test
    void platformsThatAllAskForMuchAreServedAlike() {
        ask("a", 0, 500);
        ask("b", 0, 100);
        ask("c", 0, 100);

        List<String> served = serve(90);

        assertThat(served.stream().filter(id -> id.startsWith("b"))).hasSizeBetween(28, 32);
        assertThat(served.stream().filter(id -> id.startsWith("c"))).hasSizeBetween(28, 32);
    }

    @Test
    void everyoneIsServedInTheEnd() {
        ask("a", 0, 300);
        ask("b", 0, 200);

        assertThat(serve(600)).hasSize(500).doesNotHaveDuplicates();
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void whatCannotBecomeReadyKeepsItsPlaceForSoLongOnly() {
        ask("broken", 0, 4);
        assertThat(turns.take("good", "a")).isFalse();

        clock.pass(TURN);

        assertThat(turns.take("good", "a")).isTrue();
    }

    @Test
    void whatIsDeletedWhileItWaitsTakesNobodysTurn() {
        ask("a", 0, 6);

        turns.giveBack("a4");
        turns.giveBack("a0");

        assertThat(woken).containsExactly("a5");
    }

    private List<String> ask(String platform, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> platform + number)
                .filter(id -> turns.take(id, platform))
                .toList();
    }

    /** One after the other becomes ready; each that is woken begins. */
    private List<String> serve(int atMost) {
        Deque<String> running = new ArrayDeque<>(List.of("a0", "a1", "a2", "a3"));
        List<String> served = new ArrayList<>();
        while (!running.isEmpty() && served.size() < atMost) {
            String ready = running.removeFirst();
            served.add(ready);
            woken.clear();
            turns.giveBack(ready);
            running.addAll(woken);
        }
        return served;
    }
}
