package dev.howdah.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Whose turn it is to be provisioned. So many at a time, and of those that wait the next is one of the platform that has the fewest
 * turns: who asks for hundreds at once does not keep the others waiting. A turn ends when the instance is ready, and in any case
 * after a while, for one that cannot become ready must not keep a place. Held in memory: a new leader begins with those that wait.
 *
 * @param <K> what is provisioned
 */
final class ProvisionTurns<K> {
    private final int atOnce;
    private final Duration atMost;
    private final Clock clock;
    private final Map<K, Turn> running = new LinkedHashMap<>();

    /** In the order in which they asked. */
    private final Map<K, String> waiting = new LinkedHashMap<>();

    /** When a platform's last turn began, as a number that grows. */
    private final Map<String, Long> served = new HashMap<>();

    private long turnsGiven;
    private volatile Consumer<K> wake = _ -> {};

    private record Turn(String platform, Instant until) {}

    /** @param atMost how long a turn lasts that is not given back */
    ProvisionTurns(int atOnce, Duration atMost, Clock clock) {
        this.atOnce = atOnce;
        this.atMost = atMost;
        this.clock = clock;
    }

    /**
     * Begins with nothing.
     *
     * @param listener told whose turn has come
     */
    synchronized void begin(Consumer<K> listener) {
        running.clear();
        waiting.clear();
        served.clear();
        wake = listener;
    }

    /**
     * @param platform that asked
     * @return whether it may begin now
     */
    boolean take(K key, String platform) {
        List<K> others;
        boolean mine;
        synchronized (this) {
            if (!running.containsKey(key)) {
                waiting.putIfAbsent(key, platform);
            }
            others = handOut();
            mine = running.containsKey(key);
        }
        others.stream().filter(other -> !other.equals(key)).forEach(wake);
        return mine;
    }

    /** It is ready, or gone. */
    void giveBack(K key) {
        List<K> next;
        synchronized (this) {
            boolean known = running.remove(key) != null | waiting.remove(key) != null;
            next = known ? handOut() : List.of();
        }
        next.forEach(wake);
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private List<K> handOut() {
        Instant now = clock.instant();
        running.values().removeIf(turn -> !now.isBefore(turn.until()));
        List<K> begun = new ArrayList<>();
        while (running.size() < atOnce && !waiting.isEmpty()) {
            K next = next();
            String platform = Objects.requireNonNull(waiting.remove(next));
            running.put(next, new Turn(platform, now.plus(atMost)));
            served.put(platform, ++turnsGiven);
            begun.add(next);
        }
        return begun;
    }

    /** The first that asked, of the platform with the fewest turns; of several, the one whose last turn is longest ago. */
    private K next() {
        Map<String, Long> turns =
                running.values().stream().collect(Collectors.groupingBy(Turn::platform, Collectors.counting()));
        String platform = waiting.values().stream()
                .distinct()
                .min(Comparator.comparing((String each) -> turns.getOrDefault(each, 0L))
                        .thenComparing(each -> served.getOrDefault(each, 0L)))
                .orElseThrow();
        return waiting.entrySet().stream()
                .filter(each -> each.getValue().equals(platform))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
