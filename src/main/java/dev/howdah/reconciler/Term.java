package dev.howdah.reconciler;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One term of reconciling: from becoming the leader to ceasing to be it. */
final class Term {
    private static final Logger LOG = LoggerFactory.getLogger(Term.class);
    private static final long SECONDS_BETWEEN_PRUNINGS = 3600;

    private final OperatorFactory operators;
    private final Tombstones tombstones;
    private final CountDownLatch ended = new CountDownLatch(1);

    Term(OperatorFactory operators, Tombstones tombstones) {
        this.operators = operators;
        this.tombstones = tombstones;
    }

    /** Reconciles until {@link #end}; starts over whenever the API server was away for too long. */
    void run() throws InterruptedException {
        while (ended.getCount() > 0) {
            try {
                operators.requireApi();
                reconcile();
            } catch (OperatorException | KubernetesClientException failure) {
                LOG.atWarn()
                        .addKeyValue("reason", failure.getMessage())
                        .log("Reconciling cannot start; is the API server there, with Howdah's resource definitions?");
                LOG.atDebug().setCause(failure).log("Reconciling cannot start");
                if (ended.await(1, TimeUnit.SECONDS)) {
                    return;
                }
            }
        }
    }

    private void reconcile() throws InterruptedException {
        CountDownLatch lost = new CountDownLatch(1);
        Operator operator = operators.create((informer, failure) -> informerStopped(informer, failure, lost));
        try {
            operator.start();
            LOG.info("Reconciling");
            stayUntil(lost);
        } finally {
            operator.stop();
        }
    }

    void end() {
        ended.countDown();
    }

    private void stayUntil(CountDownLatch lost) throws InterruptedException {
        for (long seconds = 0; ended.getCount() > 0 && lost.getCount() > 0; seconds++) {
            if (seconds % SECONDS_BETWEEN_PRUNINGS == 0) {
                prune();
            }
            if (ended.await(1, TimeUnit.SECONDS)) {
                return;
            }
        }
    }

    private void prune() {
        try {
            tombstones.prune();
        } catch (RuntimeException failure) {
            LOG.atDebug().setCause(failure).log("Tombstones not pruned");
        }
    }

    private void informerStopped(SharedIndexInformer<?> informer, @Nullable Throwable failure, CountDownLatch lost) {
        if (failure != null && informer.hasSynced()) {
            LOG.atWarn().setCause(failure).log("A watch broke; reconciling starts over");
            lost.countDown();
        }
    }
}
