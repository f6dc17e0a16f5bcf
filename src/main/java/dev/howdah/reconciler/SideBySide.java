package dev.howdah.reconciler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Questions to the API server and to PostgreSQL that need not wait for each other: each in a virtual thread of its own. */
final class SideBySide {
    private SideBySide() {}

    static <T> CompletableFuture<T> begin(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofVirtual().name("side-by-side").start(task));
    }

    /** Waits for it, and fails as it has failed. */
    static <T> T result(CompletableFuture<T> begun) {
        try {
            return begun.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
