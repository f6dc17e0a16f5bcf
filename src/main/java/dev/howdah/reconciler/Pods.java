package dev.howdah.reconciler;

import dev.howdah.workload.ServerManifests;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a pod tells about the server in it. */
final class Pods {
    private Pods() {}

    static Optional<ContainerStatus> container(@Nullable Pod pod) {
        return pod == null || pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> ServerManifests.CONTAINER.equals(status.getName()))
                        .findFirst();
    }

    static boolean isRunning(@Nullable Pod pod) {
        return pod != null
                && pod.getMetadata().getDeletionTimestamp() == null
                && container(pod)
                        .map(ContainerStatus::getState)
                        .map(ContainerState::getRunning)
                        .isPresent();
    }

    static boolean isReady(@Nullable Pod pod) {
        return isRunning(pod)
                && condition(pod, "Ready")
                        .map(condition -> "True".equals(condition.getStatus()))
                        .orElse(false);
    }

    static Optional<PodCondition> condition(@Nullable Pod pod, String type) {
        return pod == null || pod.getStatus() == null
                ? Optional.empty()
                : Optional.ofNullable(pod.getStatus().getConditions()).orElse(List.of()).stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /** Changes whenever the container is started anew. */
    static String incarnation(Pod pod) {
        return pod.getMetadata().getUid()
                + container(pod)
                        .map(status -> "/" + status.getRestartCount() + "/" + status.getContainerID())
                        .orElse("");
    }

    static Instant startedAt(@Nullable Pod pod, Instant otherwise) {
        return container(pod)
                .map(ContainerStatus::getState)
                .map(ContainerState::getRunning)
                .map(running -> running.getStartedAt())
                .map(Instant::parse)
                .orElse(otherwise);
    }

    /** Whether it was made from a template with this annotation. */
    static boolean hasAnnotation(Pod pod, String annotation, @Nullable String value) {
        return pod.getMetadata().getAnnotations() != null
                && value != null
                && value.equals(pod.getMetadata().getAnnotations().get(annotation));
    }
}
