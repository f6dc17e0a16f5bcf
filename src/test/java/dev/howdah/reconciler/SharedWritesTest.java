package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedWritesTest {
    private final List<List<String>> written = new CopyOnWriteArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final SharedWrites writes = new SharedWrites(this::write);

    @Test
    void whoComesDuringAWriteSharesTheNextAndItsFailure() throws InterruptedException {
        Thread first = adding("first");
        await().until(() -> written.size() == 1);
        List<Thread> others =
                Stream.of("second", "third", "bad").map(this::adding).toList();
        await().until(() -> others.stream().allMatch(other -> other.getState() == Thread.State.WAITING));

        firstMayEnd.countDown();

        first.join();
        for (Thread other : others) {
            other.join();
        }
        assertThat(written).hasSize(2);
        assertThat(written.getFirst()).containsExactly("first");
        assertThat(written.getLast()).containsExactlyInAnyOrder("second", "third", "bad");
        assertThat(failed).containsExactlyInAnyOrder("second", "third", "bad");
    }

    @Test
    void afterAFailureTheNextWriteIsANewOne() {
        firstMayEnd.countDown();
        add("bad");

        add("good");

        assertThat(written).containsExactly(List.of("bad"), List.of("good"));
        assertThat(failed).containsExactly("bad");
    }

    private Thread adding(String entry) {
        return Thread.ofPlatform().start(() -> add(entry));
    }

    private void add(String entry) {
        try {
            writes.add(entry);
        } catch (IllegalArgumentException refused) {
            failed.add(entry);
        }
    }

    private void write(List<String> entries) {
        written.add(List.copyOf(entries));
        try {
            firstMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (entries.contains("bad")) {
            throw new IllegalArgumentException("refused");
        }
    }
}
