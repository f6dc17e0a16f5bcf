package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often a status says anew what is being waited for. A server that starts passes through half a dozen such moments in a second; to
 * write each of them down, and once more for its instance, keeps the API server from the work they wait for.
 */
final class ProgressReports {
    private static final Duration PACE = Duration.ofSeconds(1);

    private final Map<String, Instant> written = new ConcurrentHashMap<>();
    private final Clock clock;

    ProgressReports(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes a status, at once or, if it can wait, within a second.
     *
     * @param reworded whether it says nothing new but what is waited for
     * @param lookAgain when to look again if nothing happens before
     */
    <S, T extends CustomResource<?, S>> UpdateControl<T> write(
            T resource, S next, boolean reworded, Duration lookAgain, Context<T> context) {
        Optional<Duration> pause = next.equals(resource.getStatus()) ? Optional.empty() : pause(resource, reworded);
        if (pause.isEmpty()) {
            return StatusUpdates.of(resource, next, context).rescheduleAfter(lookAgain);
        }
        return UpdateControl.<T>noUpdate()
                .rescheduleAfter(
                        pause.filter(rest -> rest.compareTo(lookAgain) < 0).orElse(lookAgain));
    }

    /** Empty for none, and then the status counts as written. */
    Optional<Duration> pause(HasMetadata resource, boolean reworded) {
        String uid = resource.getMetadata().getUid();
        Instant now = clock.instant();
        Instant last = written.get(uid);
        if (reworded && last != null && now.isBefore(last.plus(PACE))) {
            return Optional.of(Duration.between(now, last.plus(PACE)));
        }
        written.put(uid, now);
        return Optional.empty();
    }

    void forget(HasMetadata resource) {
        written.remove(resource.getMetadata().getUid());
    }
}
