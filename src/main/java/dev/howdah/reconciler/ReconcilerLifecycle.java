package dev.howdah.reconciler;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts reconciling when the application has started, and stops it first. The API server may be away all the while. */
final class ReconcilerLifecycle implements SmartLifecycle, MeterBinder {
    private final LeadershipFactory factory;
    private volatile @Nullable Leadership leadership;

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
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("howdah.leader", this, lifecycle -> lifecycle.leads() ? 1 : 0)
                .description("1 on the replica that reconciles")
                .register(registry);
    }

    private boolean leads() {
        Leadership current = leadership;
        return current != null && current.leads();
    }

    @Override
    public synchronized boolean isRunning() {
        return leadership != null;
    }
}
