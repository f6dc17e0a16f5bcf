package dev.howdah.installation;

import static dev.howdah.installation.Caller.BODY;
import static dev.howdah.installation.Caller.binding;
import static dev.howdah.installation.Caller.instance;

import java.io.IOException;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fifty requests a second on one instance that is ready: reading, repeating what was done before, and now and then a binding
 * that is made and taken away. Begun at their time, however long the ones before take; one in twenty on a
 * connection of its own, the others on some that are kept.
 */
final class MixedCalls implements AutoCloseable {
    private static final int PER_SECOND = 50;

    private final Caller keeping;
    private final Caller fresh;
    private final String id;
    private final String bound;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    private record Kind(String method, String path, String body, Set<Integer> expected) {}

    MixedCalls(Caller caller, String id, String bound) {
        this.keeping = caller;
        this.fresh = caller.withoutKeptConnections();
        this.id = id;
        this.bound = bound;
        clock.scheduleAtFixedRate(
                () -> callers.execute(this::one), 0, TimeUnit.SECONDS.toMicros(1) / PER_SECOND, TimeUnit.MICROSECONDS);
    }

    long sent() {
        return sent.get();
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return failures;
    }

    private void one() {
        long number = sent.getAndIncrement();
        Caller caller = number / 8 % 20 == 0 ? fresh : keeping;
        if (number % (2 * PER_SECOND) == 0) {
            bindAndUnbind(caller);
        } else {
            check(caller, kind((int) (number % 8)));
        }
    }

    private Kind kind(int number) {
        return switch (number) {
            case 0 -> new Kind("GET", "/v2/catalog", "", Set.of(200));
            case 1 -> new Kind("GET", instance(id), "", Set.of(200));
            case 2 -> new Kind("GET", instance(id) + "/last_operation", "", Set.of(200));
            case 3 -> new Kind("GET", binding(id, bound), "", Set.of(200));
            case 4 -> new Kind("PUT", instance(id) + "?accepts_incomplete=true", BODY, Set.of(200));
            case 5 -> new Kind("PUT", binding(id, bound), BODY, Set.of(200));
            case 6 -> new Kind("GET", instance("nobody"), "", Set.of(404));
            default -> new Kind("DELETE", binding(id, "nobody") + "?" + Caller.IDS, "", Set.of(410));
        };
    }

    private void bindAndUnbind(Caller caller) {
        String binding = "mixed-" + UUID.randomUUID();
        if (check(caller, new Kind("PUT", binding(id, binding), BODY, Set.of(201)))) {
            check(caller, new Kind("DELETE", binding(id, binding) + "?" + Caller.IDS, "", Set.of(200)));
        }
    }

    private boolean check(Caller caller, Kind kind) {
        LocalTime begun = LocalTime.now();
        try {
            Caller.Answer answer =
                    caller.send(kind.method(), kind.path(), kind.body().isEmpty() ? null : kind.body());
            answered.incrementAndGet();
            if (kind.expected().contains(answer.status())) {
                return true;
            }
            failures.add(begun + ended() + kind.method() + " " + kind.path() + ": " + answer.status()
                    + (answer.status() < 400 ? "" : " " + answer.body()));
        } catch (IOException lost) {
            failures.add(begun + ended() + kind.method() + " " + kind.path() + ": "
                    + (caller == fresh ? "new connection: " : "kept connection: ") + lost);
        }
        return false;
    }

    private static String ended() {
        return " to " + LocalTime.now() + " ";
    }

    /** Returns when all that were begun have been answered. */
    @Override
    public void close() {
        clock.shutdown();
        callers.close();
    }
}
