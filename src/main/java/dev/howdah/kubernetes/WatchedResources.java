package dev.howdah.kubernetes;

import dev.howdah.crd.LeanStore;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The resources of one kind together with the watch on them. An API server that is away, or definitions that are missing, do not
 * stop the application: the watch is tried again until it works.
 */
final class WatchedResources<T extends CustomResource<?, ?>>
        implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {
    /** Ends when the web server has answered its last request. */
    private static final int PHASE = DEFAULT_PHASE - 8192;

    private final ResourceStore<T> store;
    private final ResourceWatch<T> watch;
    private final SharedIndexInformer<T> informer;
    private volatile boolean running;

    WatchedResources(KubernetesClient client, Class<T> type, String namespace) {
        store = new ResourceStore<>(client, type, namespace);
        watch = new ResourceWatch<>(store);
        informer = client.resources(type)
                .inNamespace(namespace)
                .runnableInformer(0)
                .itemStore(new LeanStore<>())
                .exceptionHandler((started, failure) -> true);
        informer.addEventHandler(watch);
    }

    ResourceStore<T> store() {
        return store;
    }

    ResourceWatch<T> watch() {
        return watch;
    }

    /** What the watch has seen last, without asking the API server. */
    List<T> seen() {
        return informer.getStore().list();
    }

    /** Whether all that there was at the start has been seen; without, requests that wait would not be woken. */
    boolean synced() {
        return informer.hasSynced();
    }

    /** The watch begins with {@link WatchStart}. */
    @Override
    public void start() {
        running = true;
    }

    void begin() {
        informer.start();
    }

    /** Comes before the web server waits for the requests in hand, so none of them holds it up. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        watch.close();
    }

    @Override
    public void stop() {
        running = false;
        watch.close();
        informer.stop();
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
