package dev.howdah.kubernetes;

import dev.howdah.broker.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What one request of a platform has left to spend on questions to the API server. One that answers, but slowly, must not keep a
 * platform longer than one that is away: when the time is used up, no further question is begun. Time spent waiting for an
 * operation to end does not count.
 */
final class QuestionTime {
    private static final ScopedValue<QuestionTime> CURRENT = ScopedValue.newInstance();

    private final AtomicLong left;

    private QuestionTime(Duration atMost) {
        left = new AtomicLong(atMost.toNanos());
    }

    /** Answers a request whose questions may take that long together. */
    static <R> R limited(Duration atMost, Supplier<R> request) {
        return ScopedValue.where(CURRENT, new QuestionTime(atMost)).call(request::get);
    }

    /**
     * Asks; without any limit outside of a request.
     *
     * @throws StoreUnavailable if the request has used up its time
     */
    static <R> R ask(Supplier<R> question) {
        return CURRENT.isBound() ? CURRENT.get().spend(question) : question.get();
    }

    private <R> R spend(Supplier<R> question) {
        if (left.get() <= 0) {
            throw new StoreUnavailable("The Kubernetes API answers too slowly");
        }
        long begun = System.nanoTime();
        try {
            return question.get();
        } finally {
            left.addAndGet(begun - System.nanoTime());
        }
    }
}
