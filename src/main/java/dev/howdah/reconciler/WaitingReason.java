package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a server does not run yet, as a sentence for a person. Decides only; asks nobody. */
final class WaitingReason {
    private static final int LONGEST_QUOTE = 300;

    private WaitingReason() {}

    /** @param warnings Events of type Warning about the server's objects, in any order */
    static Finding of(
            @Nullable PersistentVolumeClaim volume,
            @Nullable Pod pod,
            List<Event> warnings,
            String cpu,
            String memory) {
        return container(pod)
                .or(() -> volume(volume, warnings))
                .or(() -> unschedulable(pod, cpu, memory))
                .or(() -> mount(pod, warnings))
                .or(() -> refused(pod, warnings))
                .orElseGet(() -> progress(volume, pod));
    }

    private static Optional<Finding> container(@Nullable Pod pod) {
        Optional<ContainerStatus> container = Pods.container(pod);
        return container
                .map(ContainerStatus::getState)
                .map(ContainerState::getWaiting)
                .flatMap(waiting -> waiting(waiting, container.get()))
                .or(() -> container
                        .map(ContainerStatus::getState)
                        .map(ContainerState::getTerminated)
                        .map(WaitingReason::exit));
    }

    private static Optional<Finding> waiting(ContainerStateWaiting waiting, ContainerStatus container) {
        return switch (String.valueOf(waiting.getReason())) {
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable" ->
                Optional.of(Finding.bad(
                        "ImagePullFailed",
                        "image cannot be pulled: " + container.getImage() + quote(": ", waiting.getMessage())));
            case "CrashLoopBackOff" ->
                Optional.of(Optional.ofNullable(container.getLastState())
                        .map(ContainerState::getTerminated)
                        .map(WaitingReason::exit)
                        .orElse(Finding.bad("ContainerExits", "the container exits again and again")));
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                Optional.of(Finding.bad(
                        "ContainerCannotStart", "the container cannot start" + quote(": ", waiting.getMessage())));
            default -> Optional.empty();
        };
    }

    private static Finding exit(ContainerStateTerminated exit) {
        String said = lastLine(exit.getMessage());
        if ("OOMKilled".equals(exit.getReason())) {
            return Finding.bad(
                    "OutOfMemory",
                    "the server was killed because it needs more memory than it has; choose a larger plan");
        }
        Optional<String> full = fullDisk(exit.getMessage());
        if (full.isPresent()) {
            return Finding.bad(
                    "DiskFull",
                    "the volume is full; ask for more storage, and the server comes back by itself: " + full.get());
        }
        return Finding.bad(
                "ContainerExits",
                "container exits: " + (said.isEmpty() ? "" : said + " ") + "(exit code " + exit.getExitCode() + ")");
    }

    /** PostgreSQL says why it stops some lines before its last one. */
    private static Optional<String> fullDisk(@Nullable String message) {
        return Optional.ofNullable(message).stream()
                .flatMap(String::lines)
                .filter(line -> {
                    String lower = line.toLowerCase(Locale.ROOT);
                    return lower.contains("no space left on device") || lower.contains("disk full");
                })
                .map(WaitingReason::shorten)
                .findFirst();
    }

    private static Optional<Finding> volume(@Nullable PersistentVolumeClaim volume, List<Event> warnings) {
        if (volume == null
                || volume.getStatus() == null
                || "Bound".equals(volume.getStatus().getPhase())) {
            return Optional.empty();
        }
        if ("Lost".equals(volume.getStatus().getPhase())) {
            return Optional.of(Finding.bad("VolumeLost", "the volume behind the claim is gone"));
        }
        return latest(warnings, "PersistentVolumeClaim")
                .map(event -> Finding.bad("VolumeNotBound", "waiting for the volume: " + volumeTrouble(volume, event)));
    }

    private static String volumeTrouble(PersistentVolumeClaim volume, Event event) {
        String message = String.valueOf(event.getMessage());
        String storageClass = volume.getSpec().getStorageClassName();
        return message.contains("storageclass") && message.contains("not found")
                ? "storage class " + storageClass + " does not exist"
                : shorten(message);
    }

    private static Optional<Finding> unschedulable(@Nullable Pod pod, String cpu, String memory) {
        return Pods.condition(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(PodCondition::getMessage)
                .map(message -> {
                    String why = shorten(message);
                    if (why.contains("Insufficient memory")) {
                        return Finding.bad("NoNodeFits", "no node has " + memory + " of memory free (" + why + ")");
                    }
                    if (why.contains("Insufficient cpu")) {
                        return Finding.bad("NoNodeFits", "no node has " + cpu + " CPU free (" + why + ")");
                    }
                    return why.contains("PersistentVolumeClaim")
                            ? Finding.bad("VolumeNotBound", "waiting for the volume: " + why)
                            : Finding.bad("NoNodeFits", "no node fits: " + why);
                });
    }

    private static Optional<Finding> mount(@Nullable Pod pod, List<Event> warnings) {
        return latest(warnings, "Pod")
                .filter(event -> pod != null && !Pods.isRunning(pod))
                .filter(event -> String.valueOf(event.getReason()).startsWith("Failed"))
                .map(event -> switch (event.getReason()) {
                    case "FailedMount", "FailedAttachVolume" ->
                        Finding.bad("VolumeNotAttached", "volume is being attached: " + shorten(event.getMessage()));
                    case null, default -> Finding.bad("PodCannotStart", shorten(event.getMessage()));
                });
    }

    private static Optional<Finding> refused(@Nullable Pod pod, List<Event> warnings) {
        return pod != null
                ? Optional.empty()
                : latest(warnings, "StatefulSet")
                        .filter(event -> "FailedCreate".equals(event.getReason()))
                        .map(event -> event.getMessage().contains("exceeded quota")
                                ? Finding.bad(
                                        "QuotaExceeded",
                                        "the namespace's quota is used up: " + shorten(event.getMessage()))
                                : Finding.bad(
                                        "PodRefused", "the pod cannot be created: " + shorten(event.getMessage())));
    }

    private static Finding progress(@Nullable PersistentVolumeClaim volume, @Nullable Pod pod) {
        if (pod == null) {
            return Finding.bad("WaitingForPod", "the pod is being created");
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Finding.bad("Restarting", "the server restarts");
        }
        boolean scheduled = Pods.condition(pod, "PodScheduled").isPresent();
        if (!scheduled) {
            return Finding.bad("WaitingForNode", "the pod is being scheduled");
        }
        return volume != null
                        && volume.getStatus() != null
                        && "Pending".equals(volume.getStatus().getPhase())
                ? Finding.bad("WaitingForVolume", "the volume is being created")
                : Finding.bad("ContainerStarting", "volume and image are being brought to the node");
    }

    private static Optional<Event> latest(List<Event> warnings, String kind) {
        return warnings.stream()
                .filter(event -> kind.equals(event.getInvolvedObject().getKind()))
                .max((a, b) -> time(a).compareTo(time(b)));
    }

    private static String time(Event event) {
        return Optional.ofNullable(event.getLastTimestamp())
                .or(() -> Optional.ofNullable(event.getEventTime()).map(micro -> micro.getTime()))
                .orElse("");
    }

    private static String quote(String before, @Nullable String message) {
        return message == null || message.isBlank() ? "" : before + shorten(message);
    }

    private static String lastLine(@Nullable String message) {
        return message == null
                ? ""
                : shorten(message.lines()
                        .filter(line -> !line.isBlank())
                        .reduce((a, b) -> b)
                        .orElse(""));
    }

    private static String shorten(@Nullable String message) {
        String line = message == null ? "" : message.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
