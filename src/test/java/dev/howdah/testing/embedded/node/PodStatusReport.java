package dev.howdah.testing.embedded.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the kubelet says of a pod with one container. */
record PodStatusReport(
        State state,
        boolean ready,
        int restarts,
        @Nullable String waitingFor,
        @Nullable Integer lastExit,
        Instant startedAt) {
    enum State {
        Waiting,
        Running,
        Restarting
    }

    Map<String, Object> of(Pod pod) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var container = new LinkedHashMap<String, Object>();
        var spec = pod.getSpec().getContainers().getFirst();
        container.put("name", spec.getName());
        container.put("image", String.valueOf(spec.getImage()));
        container.put("imageID", "process");
        container.put("ready", ready);
        container.put("started", state == State.Running);
        container.put("restartCount", restarts);
        container.put("state", containerState());
        if (lastExit != null) {
            container.put("lastState", Map.of("terminated", terminated(lastExit)));
        }
        return Map.of(
                "phase",
                state == State.Waiting ? "Pending" : "Running",
                "podIP",
                "127.0.0.1",
                "hostIP",
                "127.0.0.1",
                "startTime",
                startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                "conditions",
                List.of(
                        condition("PodScheduled", true, now),
                        condition("Initialized", true, now),
                        condition("ContainersReady", ready, now),
                        condition("Ready", ready, now)),
                "containerStatuses",
                List.of(container));
    }

    private Map<String, Object> containerState() {
        return switch (state) {
            case Running ->
                Map.of(
                        "running",
                        Map.of(
                                "startedAt",
                                startedAt.truncatedTo(ChronoUnit.SECONDS).toString()));
            case Waiting -> waiting("ContainerCreating", String.valueOf(waitingFor));
            case Restarting -> waiting("CrashLoopBackOff", "back-off restarting failed container");
        };
    }

    private static Map<String, Object> waiting(String reason, String message) {
        return Map.of("waiting", Map.of("reason", reason, "message", message));
    }

    private static Map<String, Object> terminated(int exit) {
        return Map.of("exitCode", exit, "reason", exit == 0 ? "Completed" : "Error");
    }

    private static Map<String, Object> condition(String type, boolean status, String now) {
        return Map.of("type", type, "status", status ? "True" : "False", "lastTransitionTime", now);
    }
}
