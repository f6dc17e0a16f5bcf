package dev.howdah.reconciler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one object, one at a time: who comes while one is under way shares the next. Side by side, hundreds of writers of one object
 * keep refusing each other (409, which the API server itself repeats) until none of them gets through.
 */
final class SharedWrites {
    /** What goes into one write. */
    private static final class Batch {
        private final List<String> entries = new ArrayList<>();
        private boolean written;
        private @Nullable RuntimeException failure;
    }

    private final Consumer<List<String>> write;
    private final Lock writing = new ReentrantLock();
    private Batch open = new Batch();

    SharedWrites(Consumer<List<String>> write) {
        this.write = write;
    }

    /** Returns when the entry is written; throws what its write threw. */
    void add(String entry) {
        Batch mine = join(entry);
        writing.lock();
        try {
            if (!mine.written) {
                close();
                write(mine);
            }
        } finally {
            writing.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private synchronized Batch join(String entry) {
        open.entries.add(entry);
        return open;
    }

    private synchronized void close() {
        open = new Batch();
    }

    private void write(Batch batch) {
        try {
            write.accept(batch.entries);
        } catch (RuntimeException failed) {
            batch.failure = failed;
        } finally {
            batch.written = true;
        }
    }
}
