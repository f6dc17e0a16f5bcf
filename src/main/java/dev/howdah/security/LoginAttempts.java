package dev.howdah.security;

import dev.howdah.security.SecurityProperties.FailedLogins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong logins by source address and user, in bounded memory: the pair that was quiet for longest is forgotten first.
 * Each pair has a bucket of {@code limit} wrong logins that fills again over {@code window}. An empty one refuses, right
 * password or wrong, so that guesses cannot be made faster; except that a secret which was right from this address within
 * {@code trustFor} still is let in, so that a platform does not pay for somebody who shares its address.
 */
final class LoginAttempts {
    private static final int MOST_PAIRS = 10_000;
    private static final int LONGEST_USER = 64;

    private final FailedLogins limits;
    private final Clock clock;
    private final Map<Pair, Bucket> buckets = bounded();
    private final Map<Pair, Instant> trusted = bounded();

    /** A name from the network may be long, and many of them are kept. */
    private record Pair(String address, String user) {
        Pair {
            user = user.substring(0, Math.min(user.length(), LONGEST_USER));
        }
    }

    private record Bucket(double left, Instant at) {}

    LoginAttempts(FailedLogins limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** How long this address has to wait before another secret of this user is looked at; zero if it need not. */
    synchronized Duration wait(String address, String user) {
        double left = left(new Pair(address, user));
        return left >= 1
                ? Duration.ZERO
                : interval().multipliedBy(Math.round((1 - left) * 1000)).dividedBy(1000);
    }

    /** Whether a right secret is let in however many wrong ones come from here. */
    synchronized boolean trusts(String address, String user) {
        Instant last = trusted.get(new Pair(address, user));
        return last != null && clock.instant().isBefore(last.plus(limits.trustFor()));
    }

    synchronized void failed(String address, String user) {
        Pair pair = new Pair(address, user);
        buckets.put(pair, new Bucket(Math.max(0, left(pair) - 1), clock.instant()));
    }

    synchronized void succeeded(String address, String user) {
        trusted.put(new Pair(address, user), clock.instant());
    }

    synchronized int size() {
        return Math.max(buckets.size(), trusted.size());
    }

    private double left(Pair pair) {
        @Nullable Bucket bucket = buckets.get(pair);
        if (bucket == null) {
            return limits.limit();
        }
        double back = (double) Duration.between(bucket.at(), clock.instant()).toNanos()
                / interval().toNanos();
        return Math.min(limits.limit(), bucket.left() + back);
    }

    private Duration interval() {
        return limits.window().dividedBy(limits.limit());
    }

    private static <V> Map<Pair, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Pair, V> eldest) {
                return size() > MOST_PAIRS;
            }
        };
    }
}
