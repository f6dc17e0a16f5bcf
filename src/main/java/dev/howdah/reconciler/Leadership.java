package dev.howdah.reconciler;

import dev.howdah.reconciler.ReconcilerSettings.LeaderElectionSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles while this process is the leader, and only then. Java-operator-sdk's own election either ends the process with
 * the leadership, and the HTTP API with it, or goes on reconciling; so the election is held here, and an operator lives for
 * one term.
 */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final String namespace;
    private final LeaderElectionSettings settings;
    private final Mandate mandate;
    private final Supplier<Term> terms;
    private final String identity = UUID.randomUUID().toString();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable CompletableFuture<?> election;
    private volatile @Nullable Incumbency incumbency;

    /** A term and the thread it runs on. */
    private record Incumbency(Term term, Thread thread) {}

    Leadership(
            KubernetesClient client,
            String namespace,
            LeaderElectionSettings settings,
            Mandate mandate,
            Supplier<Term> terms) {
        this.client = client;
        this.namespace = namespace;
        this.settings = settings;
        this.mandate = mandate;
        this.terms = terms;
        this.thread = Thread.ofPlatform().name("leadership").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Stops reconciling, then gives the lease back, so that the next leader need not wait for its end. */
    @Override
    public void close() {
        closed = true;
        stopLeading();
        CompletableFuture<?> running = election;
        if (running != null) {
            running.cancel(true);
        }
        thread.interrupt();
        join(thread);
    }

    /** Whether this process reconciles. */
    boolean leads() {
        return incumbency != null;
    }

    private void run() {
        try {
            if (settings.enabled()) {
                while (!closed) {
                    campaign();
                    Thread.sleep(PAUSE);
                }
            } else {
                startLeading();
            }
        } catch (InterruptedException _) {
            LOG.debug("Leadership ends");
        }
    }

    /** Returns when the leadership that was won is lost. */
    private void campaign() throws InterruptedException {
        try {
            CompletableFuture<?> running = elector().start();
            election = running;
            if (closed) {
                running.cancel(true);
            }
            running.join();
        } catch (CompletionException | CancellationException ended) {
            LOG.atDebug().setCause(ended).log("Election over");
        } catch (RuntimeException failure) {
            LOG.atWarn().setCause(failure).log("Election failed; trying again");
        } finally {
            stopLeading();
        }
    }

    private LeaderElector elector() {
        return client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(settings.leaseName())
                        .withLock(mandate.lock(namespace, settings.leaseName(), identity))
                        .withLeaseDuration(settings.leaseDuration())
                        .withRenewDeadline(settings.renewDeadline())
                        .withRetryPeriod(settings.retryPeriod())
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                this::startLeading,
                                this::stopLeading,
                                leader -> LOG.atInfo()
                                        .addKeyValue("leader", leader)
                                        .log("Leader known")))
                        .build())
                .build();
    }

    private synchronized void startLeading() {
        if (closed || incumbency != null) {
            return;
        }
        Term term = terms.get();
        Thread running = Thread.ofPlatform().name("reconciling").daemon().start(() -> run(term));
        incumbency = new Incumbency(term, running);
    }

    private synchronized void stopLeading() {
        Incumbency ending = incumbency;
        if (ending != null) {
            ending.term().end();
            join(ending.thread());
            incumbency = null;
            LOG.info("No longer reconciling");
        }
    }

    private static void run(Term term) {
        try {
            term.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
