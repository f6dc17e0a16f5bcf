package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that was served until something killed it has done nothing wrong, yet Kubernetes makes a container wait longer after
 * each exit. A new pod starts at once. Decides only.
 */
final class KilledServer {
    /** Shells and container runtimes report an end by signal n as 128 + n. */
    private static final int BY_SIGNAL = 128;

    /** Both times are whole seconds, and of different clocks on one node. */
    private static final Duration IMPRECISION = Duration.ofSeconds(1);

    private KilledServer() {}

    /**
     * Whether a new pod should take its place. Only a pod that was ready until the kill is replaced, so a server that never
     * comes up, for whatever reason, meets Kubernetes' growing delays; and so does one that needs more memory than it has.
     */
    static boolean needsNewPod(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && isHeldBack(pod)
                && lastExit(pod)
                        .filter(exit -> wasKilled(exit) && wasReadyUntil(exit, pod))
                        .isPresent();
    }

    /** Whether Kubernetes waits before it starts the container again. */
    static boolean isHeldBack(Pod pod) {
        return Pods.container(pod)
                .map(status -> status.getState())
                .map(ContainerState::getWaiting)
                .filter(waiting -> "CrashLoopBackOff".equals(waiting.getReason()))
                .isPresent();
    }

    private static Optional<ContainerStateTerminated> lastExit(Pod pod) {
        return Pods.container(pod).map(status -> status.getLastState()).map(ContainerState::getTerminated);
    }

    private static boolean wasKilled(ContainerStateTerminated exit) {
        return exit.getExitCode() > BY_SIGNAL && !"OOMKilled".equals(exit.getReason());
    }

    /** The condition changes when the pod stops being ready: at the kill, or long before it. */
    private static boolean wasReadyUntil(ContainerStateTerminated exit, Pod pod) {
        Optional<Instant> unready = Pods.condition(pod, "Ready")
                .filter(condition -> "False".equals(condition.getStatus()))
                .flatMap(condition -> time(condition.getLastTransitionTime()));
        return time(exit.getFinishedAt())
                .filter(end -> unready.filter(since -> !since.isBefore(end.minus(IMPRECISION)))
                        .isPresent())
                .isPresent();
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
