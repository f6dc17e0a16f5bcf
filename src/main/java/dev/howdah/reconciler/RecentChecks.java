package dev.howdah.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was looked at lately, so that a steady state is not asked for again at every event. Only a cache: a process that
 * knows nothing looks once more.
 */
final class RecentChecks {
    /** Each look is a login, and all of them together must not keep a processor busy. */
    private static final Duration FOR_EACH = Duration.ofSeconds(4);

    private record Check(Object of, Instant at) {}

    private final Map<String, Check> checks = new ConcurrentHashMap<>();
    private final Clock clock;

    RecentChecks(Clock clock) {
        this.clock = clock;
    }

    /** Whether exactly this was found good for the resource, and not longer ago than this. */
    boolean knows(String uid, Object state, Duration atMost) {
        Check check = checks.get(uid);
        return check != null
                && check.of().equals(state)
                && clock.instant().isBefore(check.at().plus(atMost));
    }

    void remember(String uid, Object state) {
        checks.put(uid, new Check(state, clock.instant()));
    }

    /** How often each of them may be looked at: the more there are the more rarely. */
    Duration interval(Duration few) {
        Duration fair = FOR_EACH.multipliedBy(checks.size());
        return fair.compareTo(few) > 0 ? fair : few;
    }

    void forget(String uid) {
        checks.remove(uid);
    }
}
