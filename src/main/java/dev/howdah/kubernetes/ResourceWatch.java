package dev.howdah.kubernetes;

import dev.howdah.broker.StoreUnavailable;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Wakes the requests that wait for a resource. All of them share one watch: an event completes the futures of those who wait for its
 * name. What a watch shows may be older than what a request has written, so events of another resource of the same name, or of an
 * earlier generation, do not count.
 */
final class ResourceWatch<T extends CustomResource<?, ?>> implements ResourceEventHandler<T> {
    private final ResourceStore<T> store;
    private final ConcurrentHashMap<String, Set<Waiter<T>>> waiters = new ConcurrentHashMap<>();
    private volatile boolean closing;

    ResourceWatch(ResourceStore<T> store) {
        this.store = store;
    }

    /**
     * Waits until the resource has settled or is gone.
     *
     * @param known as it was written or read last
     * @param patience a time of zero does not wait at all
     * @return the resource as it is afterwards, settled or not; empty if it is gone
     */
    Optional<T> await(T known, Predicate<T> settled, Patience patience) {
        boolean ending = closing && patience.endsWithTheProcess();
        if (patience.atMost().isZero() || ending) {
            return Optional.of(known);
        }
        String name = known.getMetadata().getName();
        Waiter<T> waiter = new Waiter<>(known, settled, patience, new CompletableFuture<>());
        waiters.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet()).add(waiter);
        try {
            Optional<T> present = present(known);
            boolean done = present.map(settled::test).orElse(true);
            return done || closing && patience.endsWithTheProcess() ? present : outcome(waiter);
        } finally {
            forget(name, waiter);
        }
    }

    /** Ends all waiting that may end early, now and from now on: the process is about to stop. */
    void close() {
        closing = true;
        waiters.values().forEach(all -> all.forEach(Waiter::giveUp));
    }

    @Override
    public void onAdd(T resource) {
        waiting(resource).forEach(waiter -> waiter.see(resource));
    }

    @Override
    public void onUpdate(T former, T resource) {
        waiting(resource).forEach(waiter -> waiter.see(resource));
    }

    @Override
    public void onDelete(T resource, boolean finalStateUnknown) {
        waiting(resource).forEach(waiter -> waiter.miss(resource));
    }

    private Set<Waiter<T>> waiting(T resource) {
        return waiters.getOrDefault(resource.getMetadata().getName(), Set.of());
    }

    private Optional<T> outcome(Waiter<T> waiter) {
        try {
            return waiter.outcome().get(waiter.patience().atMost().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return present(waiter.known());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(waiter.known());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What was written is not lost because it cannot be read again: the answer is then what is known. */
    private Optional<T> present(T known) {
        try {
            return store.find(known.getMetadata().getName()).filter(found -> sameObject(found, known));
        } catch (StoreUnavailable away) {
            return Optional.of(known);
        }
    }

    private void forget(String name, Waiter<T> waiter) {
        waiters.computeIfPresent(name, (key, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
        });
    }

    private static boolean sameObject(CustomResource<?, ?> left, CustomResource<?, ?> right) {
        return Objects.equals(left.getMetadata().getUid(), right.getMetadata().getUid());
    }

    private record Waiter<T extends CustomResource<?, ?>>(
            T known, Predicate<T> settled, Patience patience, CompletableFuture<Optional<T>> outcome) {

        void see(T resource) {
            if (sameObject(resource, known) && generation(resource) >= generation(known) && settled.test(resource)) {
                outcome.complete(Optional.of(resource));
            }
        }

        void miss(T resource) {
            if (sameObject(resource, known)) {
                outcome.complete(Optional.empty());
            }
        }

        void giveUp() {
            if (patience.endsWithTheProcess()) {
                outcome.complete(Optional.of(known));
            }
        }

        private static long generation(CustomResource<?, ?> resource) {
            Long generation = resource.getMetadata().getGeneration();
            return generation == null ? 0 : generation;
        }
    }
}
