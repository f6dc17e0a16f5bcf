package dev.howdah.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills a broker just after one of its effects, and lets none happen in between. */
final class AtEffect {
    private AtEffect() {}

    /**
     * Waits for a write to the API server, and kills the broker when it is done.
     *
     * @param number of the write, from 1
     * @param told whether the broker hears the API server's answer before it dies
     * @return false if there were not so many writes in time, and the broker lives
     */
    static boolean kill(BrokerProcess broker, int number, boolean told, Duration patience) {
        var fatal = new CompletableFuture<Void>();
        var effects = new AtomicInteger();
        ApiProxy api = broker.api();
        // From the fatal write on, nothing of this broker has an effect any more.
        api.judge(call -> fatal.isDone() ? new Verdict.Hold() : effectVerdict(call, effects, number, told));
        if (told) {
            api.afterAnswer(call -> {
                if (call.isEffect() && effects.get() >= number) {
                    fatal.complete(null);
                }
            });
        } else {
            api.beforeAnswer(call -> {
                if (call.isEffect() && effects.get() >= number) {
                    fatal.complete(null);
                }
            });
        }
        try {
            return happens(fatal, broker, patience);
        } finally {
            api.beforeAnswer(_ -> {});
            api.afterAnswer(_ -> {});
            api.judge(_ -> Verdict.PASS);
        }
    }

    private static Verdict effectVerdict(ProxiedCall call, AtomicInteger effects, int number, boolean told) {
        if (!call.isEffect()) {
            return Verdict.PASS;
        }
        int count = effects.incrementAndGet();
        if (count > number) {
            return new Verdict.Hold();
        }
        return count == number && !told ? new Verdict.LoseAnswer() : Verdict.PASS;
    }

    /** The same for an exchange with a PostgreSQL server; its answer is lost. */
    static boolean killAtTurn(BrokerProcess broker, int number, Duration patience) {
        var fatal = new CompletableFuture<Void>();
        broker.sql().onTurn(turn -> {
            if (turn >= number) {
                fatal.complete(null);
                broker.sql().freeze();
            }
        });
        try {
            return happens(fatal, broker, patience);
        } finally {
            broker.sql().onTurn(_ -> {});
            broker.sql().cut();
            broker.sql().heal();
        }
    }

    private static boolean happens(CompletableFuture<Void> fatal, BrokerProcess broker, Duration patience) {
        try {
            fatal.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            broker.kill();
            return true;
        } catch (TimeoutException none) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
