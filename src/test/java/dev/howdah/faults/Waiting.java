package dev.howdah.faults;

import java.time.Duration;

/** Waits for conditions on the way; what a test is about is asserted by the test. */
final class Waiting {
    private static final long POLL_MILLIS = 100;

    private Waiting() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    /** @throws AssertionError with the last failure as cause if it does not come true */
    static void until(String what, Duration patience, Condition condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Exception failure = null;
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IllegalStateException broken) {
                throw broken;
            } catch (Exception notYet) {
                failure = notYet;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + patience + " in vain: " + what, failure);
            }
            pause(POLL_MILLIS);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
