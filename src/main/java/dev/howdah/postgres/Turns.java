package dev.howdah.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many pieces of work at a time to each server. They would queue there in any case, for a lock or for a small server's
 * CPU, but each would have logged in first, wait no longer than its timeouts, and begin again: of many at once none came to an end.
 */
final class Turns {
    private final int atOnce;
    private final Duration patience;
    private final Map<String, Semaphore> servers = new ConcurrentHashMap<>();

    /** @param patience how long one waits for its turn */
    Turns(int atOnce, Duration patience) {
        this.atOnce = atOnce;
        this.patience = patience;
    }

    /**
     * Does the work when it is its turn, first come, first served. Not for use inside of itself.
     *
     * @throws ServerBusyException if the turn does not come
     */
    <T> T take(ServerAddress address, Supplier<T> work) {
        Semaphore places =
                servers.computeIfAbsent(address.host() + ":" + address.port(), server -> new Semaphore(atOnce, true));
        await(places, address);
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private void await(Semaphore places, ServerAddress address) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ServerBusyException(address + " is busy with other work of Howdah", null, null);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ServerBusyException("interrupted while waiting for " + address, null, stopping);
        }
    }
}
