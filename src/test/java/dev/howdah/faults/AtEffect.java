package dev.howdah.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A trap at one of a broker's effects: when it has happened, nothing more of this broker has any, and it can be killed. */
final class AtEffect {
    /** Which effects are counted. */
    enum Kind {
        /** Writes to the API server; the broker still hears the answer to the last one. */
        WRITE_TOLD,
        /** Writes to the API server; the answer to the last one is lost. */
        WRITE_UNTOLD,
        /** Exchanges with PostgreSQL servers, a statement each once the session is open; the last answer is lost. */
        STATEMENT
    }

    private final BrokerProcess broker;
    private final int number;
    private final CompletableFuture<Void> sprung = new CompletableFuture<>();
    private final AtomicInteger effects = new AtomicInteger();

    private AtEffect(BrokerProcess broker, int number) {
        this.broker = broker;
        this.number = number;
    }

    /** @param number of the effect, from 1, counted from now on */
    static AtEffect set(BrokerProcess broker, Kind kind, int number) {
        AtEffect trap = new AtEffect(broker, number);
        switch (kind) {
            case WRITE_TOLD -> trap.setForWrites(true);
            case WRITE_UNTOLD -> trap.setForWrites(false);
            case STATEMENT -> trap.setForStatements();
        }
        return trap;
    }

    private void setForWrites(boolean told) {
        ApiProxy api = broker.api();
        if (told) {
            api.afterAnswer(this::springIfLast);
        } else {
            api.beforeAnswer(this::springIfLast);
        }
        api.judge(call -> sprung.isDone() ? new Verdict.Hold() : verdict(call, told));
    }

    private Verdict verdict(ProxiedCall call, boolean told) {
        if (!call.isEffect()) {
            return Verdict.PASS;
        }
        int count = effects.incrementAndGet();
        if (count > number) {
            return new Verdict.Hold();
        }
        return count == number && !told ? new Verdict.LoseAnswer() : Verdict.PASS;
    }

    private void springIfLast(ProxiedCall call) {
        if (call.isEffect() && effects.get() >= number) {
            sprung.complete(null);
        }
    }

    private void setForStatements() {
        broker.sql().onTurn(turn -> {
            if (turn >= number) {
                broker.sql().freeze();
                sprung.complete(null);
            }
        });
    }

    /** Completes when the effect has happened. */
    CompletableFuture<Void> sprung() {
        return sprung;
    }

    /** Waits for the effect and kills the broker. @return false if there were not so many in time, and the broker lives */
    boolean kill(Duration patience) {
        try {
            sprung.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            broker.kill();
            return true;
        } catch (TimeoutException none) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            remove();
        }
    }

    /** Takes the trap away and keeps the connections: a broker that was stopped goes on where it was. */
    void letGo() {
        broker.api().beforeAnswer(_ -> {});
        broker.api().afterAnswer(_ -> {});
        broker.api().judge(_ -> Verdict.PASS);
        broker.sql().onTurn(_ -> {});
        broker.sql().heal();
    }

    void remove() {
        broker.api().beforeAnswer(_ -> {});
        broker.api().afterAnswer(_ -> {});
        broker.api().judge(_ -> Verdict.PASS);
        broker.sql().onTurn(_ -> {});
        if (sprung.isDone()) {
            broker.sql().cut();
        }
        broker.sql().heal();
    }
}
