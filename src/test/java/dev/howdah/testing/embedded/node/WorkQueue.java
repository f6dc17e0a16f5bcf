package dev.howdah.testing.embedded.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs one function for keys: at once, never twice at a time for one key, and once more if the key came again meanwhile. */
final class WorkQueue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());
    private static final long RETRY_MILLIS = 200;

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "process-node-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Boolean> again = new HashMap<>();
    private final Consumer<String> work;
    private final Set<String> postponed = new HashSet<>();
    private boolean paused;
    private volatile boolean closed;

    WorkQueue(Consumer<String> work) {
        this.work = work;
    }

    void add(String key) {
        synchronized (again) {
            if (paused) {
                postponed.add(key);
                return;
            }
            if (closed || again.containsKey(key)) {
                again.computeIfPresent(key, (same, was) -> true);
                return;
            }
            again.put(key, false);
        }
        workers.execute(() -> run(key));
    }

    void addIn(long millis, String key) {
        if (!closed) {
            timer.schedule(() -> add(key), millis, TimeUnit.MILLISECONDS);
        }
    }

    /** From now on no work is begun. */
    void pause() {
        synchronized (again) {
            paused = true;
        }
    }

    /** Does what came up in the pause. */
    void resume() {
        List<String> due;
        synchronized (again) {
            paused = false;
            due = List.copyOf(postponed);
            postponed.clear();
        }
        due.forEach(this::add);
    }

    private void run(String key) {
        do {
            synchronized (again) {
                again.put(key, false);
            }
            try {
                work.accept(key);
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.log(System.Logger.Level.DEBUG, "Trying " + key + " again", e);
                    addIn(RETRY_MILLIS, key);
                }
            }
        } while (isWantedAgain(key));
    }

    private boolean isWantedAgain(String key) {
        synchronized (again) {
            if (!closed && Boolean.TRUE.equals(again.get(key))) {
                return true;
            }
            again.remove(key);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        workers.shutdown();
    }
}
