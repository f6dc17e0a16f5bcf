package dev.howdah.installation;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** From the first answer that was a failure to the next that was none. */
final class Outages {
    private final Set<String> kinds = new ConcurrentSkipListSet<>();
    private long calls;
    private long longest;
    private @Nullable Long since;

    synchronized void saw(boolean good, String kind) {
        long now = System.nanoTime();
        calls++;
        if (good) {
            longest = since == null ? longest : Math.max(longest, now - since);
            since = null;
        } else {
            kinds.add(kind);
            since = since == null ? Long.valueOf(now) : since;
        }
    }

    synchronized long calls() {
        return calls;
    }

    synchronized Duration longest() {
        return Duration.ofNanos(longest);
    }

    Set<String> kinds() {
        return kinds;
    }
}
