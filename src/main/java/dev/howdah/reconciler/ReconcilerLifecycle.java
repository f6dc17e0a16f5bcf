package dev.howdah.reconciler;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts reconciling when the application has started, and stops it first. The API server may be away all the while. */
final class ReconcilerLifecycle implements SmartLifecycle {
    private final LeadershipFactory factory;
    private @Nullable Leadership leadership;

    /** Makes a leadership, which can be started once. */
    interface LeadershipFactory {
        Leadership create();
    }

    ReconcilerLifecycle(LeadershipFactory factory) {
        this.factory = factory;
    }

    @Override
    public synchronized void start() {
        Leadership created = factory.create();
        created.start();
        leadership = created;
    }

    @Override
    public synchronized void stop() {
        if (leadership != null) {
            leadership.close();
            leadership = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return leadership != null;
    }
}
