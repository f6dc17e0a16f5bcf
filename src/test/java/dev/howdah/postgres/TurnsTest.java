package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final ServerAddress ONE = new ServerAddress("one", 5432, "admin", "secret", null);
    private static final ServerAddress OTHER = new ServerAddress("other", 5432, "admin", "secret", null);

    @Test
    void atMostTwoOfManyAreAtWorkOnAServer() {
        Turns turns = new Turns(2, Duration.ofMinutes(1));
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 200)
                    .forEach(_ -> threads.submit(() -> turns.take(ONE, () -> {
                        most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                        Thread.yield();
                        return atWork.decrementAndGet();
                    })));
        }

        assertThat(most).hasValueBetween(1, 2);
        assertThat(atWork).hasValue(0);
    }

    @Test
    void whoWaitsTooLongIsToldAndOtherServersAreNotConcerned() {
        Turns turns = new Turns(1, Duration.ofMillis(10));
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> turns.take(ONE, () -> {
                begun.complete(null);
                return end.join();
            }));
            begun.join();

            assertThatThrownBy(() -> turns.take(ONE, () -> "done")).isInstanceOf(ServerBusyException.class);
            assertThat(turns.take(OTHER, () -> "done")).isEqualTo("done");
            end.complete(null);
        }
        assertThat(turns.take(ONE, () -> "done")).isEqualTo("done");
    }

    @Test
    void workThatFailsGivesItsPlaceBack() {
        Turns turns = new Turns(1, Duration.ofMillis(10));

        assertThatThrownBy(() -> turns.take(ONE, () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(turns.take(ONE, () -> "done")).isEqualTo("done");
    }
}
