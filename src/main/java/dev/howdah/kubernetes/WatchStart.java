package dev.howdah.kubernetes;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Begins the watches when the web server runs: the first lists take a part of the processor that the start needs until then. */
final class WatchStart implements SmartLifecycle {
    /** Between the start of the web server and that of the reconcilers. */
    private static final int PHASE = DEFAULT_PHASE - 256;

    private final List<WatchedResources<?>> watched;
    private volatile boolean running;

    WatchStart(List<WatchedResources<?>> watched) {
        this.watched = watched;
    }

    @Override
    public void start() {
        running = true;
        watched.forEach(WatchedResources::begin);
    }

    /** They end by themselves, once nobody waits for them. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
