package dev.howdah.reconciler;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether this process may act as the leader at this very moment: whether it renewed the lease so lately that nobody else can have
 * it. The election itself notices seconds later that the lease was lost, when the process was stopped or cut off meanwhile; and what
 * the caches show then is old.
 */
final class Mandate {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Clock clock;
    private final Duration leaseDuration;
    private volatile Instant renewed = Instant.EPOCH;

    Mandate(Clock clock, Duration leaseDuration) {
        this.clock = clock;
        this.leaseDuration = leaseDuration;
    }

    /** The lock to hold elections with. */
    Lock lock(String namespace, String lease, String identity) {
        return new LeaseLock(namespace, lease, identity) {
            @Override
            public synchronized void create(KubernetesClient client, LeaderElectionRecord wanted) {
                Instant asked = clock.instant();
                super.create(client, wanted);
                taken(wanted, asked);
            }

            @Override
            public synchronized void update(KubernetesClient client, LeaderElectionRecord wanted) {
                Instant asked = clock.instant();
                super.update(client, wanted);
                taken(wanted, asked);
            }

            private void taken(LeaderElectionRecord record, Instant asked) {
                renewed = identity.equals(record.getHolderIdentity()) ? asked : Instant.EPOCH;
            }
        };
    }

    boolean holds() {
        return clock.instant().isBefore(renewed.plus(leaseDuration));
    }

    /** Runs the work as soon as it may, or not at all if the thread is interrupted first. */
    void run(Runnable work) {
        try {
            while (!holds()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            return;
        }
        work.run();
    }
}
