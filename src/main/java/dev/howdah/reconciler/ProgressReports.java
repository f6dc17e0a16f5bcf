package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How soon and how often a status says what is being waited for. A server that starts passes through half a dozen such moments in a
 * second; to write each of them down, and once more for its instance, keeps the API server from the work they wait for.
 */
final class ProgressReports {
    private static final Duration PACE = Duration.ofSeconds(1);

    /** What is made within that time says nothing until it is done: as a rule a new instance is. */
    private static final Duration FIRST = Duration.ofSeconds(3);

    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Clock clock;

    ProgressReports(Clock clock) {
        this.clock = clock;
    }

    /**
     * How long the next status can wait; empty if it cannot, and then it counts as written.
     *
     * @param onlyWaiting whether it says nothing new but what is waited for
     */
    <S> Optional<Duration> pause(CustomResource<?, S> resource, S next, boolean onlyWaiting) {
        if (next.equals(resource.getStatus())) {
            return Optional.empty();
        }
        String uid = resource.getMetadata().getUid();
        Instant now = clock.instant();
        Instant from = due.computeIfAbsent(uid, _ -> resource.getStatus() == null ? now.plus(FIRST) : now);
        if (onlyWaiting && now.isBefore(from)) {
            return Optional.of(Duration.between(now, from));
        }
        due.put(uid, now.plus(PACE));
        return Optional.empty();
    }

    void forget(HasMetadata resource) {
        due.remove(resource.getMetadata().getUid());
    }

    /** Nothing is written, and the next look is when it may be. */
    static <T extends HasMetadata> UpdateControl<T> later(Duration pause, Duration lookAgain) {
        return UpdateControl.<T>noUpdate().rescheduleAfter(pause.compareTo(lookAgain) < 0 ? pause : lookAgain);
    }
}
