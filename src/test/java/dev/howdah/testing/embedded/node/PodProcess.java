package dev.howdah.testing.embedded.node;

import dev.howdah.testing.embedded.LocalProcess;
import dev.howdah.testing.embedded.ProcessReaper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The process of one pod, from its first start to its end. Used by one thread at a time. */
final class PodProcess {
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);

    private final ClusterView view;
    private final Path folder;
    private final PodVolumes volumes;
    private final Container container;
    private final Runnable onExit;
    private @Nullable LocalProcess process;
    private @Nullable ContainerCommand command;
    private Map<String, Path> folders = Map.of();
    private boolean stopping;
    private @Nullable Integer lastExit;
    private Instant startedAt = Instant.now();
    private Instant notBefore = Instant.MIN;
    private int restarts;
    private int port;
    private volatile boolean ready;

    PodProcess(Pod pod, ClusterView view, VolumeProvisioner provisioner, Path folder, Runnable onExit) {
        this.view = view;
        this.folder = folder;
        this.volumes = new PodVolumes(view, provisioner, folder);
        this.container = pod.getSpec().getContainers().getFirst();
        this.onExit = onExit;
    }

    boolean runs() {
        return process != null && process.isAlive();
    }

    boolean ready() {
        return ready && runs();
    }

    Path log() {
        return folder.resolve("log");
    }

    /** When to start again; in the past if at once. */
    Instant notBefore() {
        return notBefore;
    }

    int port() {
        return port;
    }

    void markReady(boolean answers) {
        ready = answers;
    }

    /** Brings the volumes up to date, and starts the process if it does not run and is not in its back-off. */
    void advance(Pod pod, int port) {
        folders = volumes.prepare(pod);
        noteExit();
        if (process != null || Instant.now().isBefore(notBefore)) {
            return;
        }
        this.port = port;
        command = ContainerCommand.of(pod, container, folders, port, variable -> valueOf(pod, variable));
        startedAt = Instant.now();
        process = LocalProcess.start(command.command(), command.environment(), folder, log());
        process.onExit().thenRun(onExit);
    }

    private void noteExit() {
        if (process == null || process.isAlive()) {
            return;
        }
        lastExit = process.onExit().join();
        process = null;
        ready = false;
        // The first restart comes at once; what keeps failing waits longer every time.
        Duration backOff = Duration.ofMillis(restarts == 0 ? 0 : 500L << Math.min(restarts, 5));
        notBefore = Instant.now().plus(backOff.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : backOff);
        restarts++;
    }

    private String valueOf(Pod pod, EnvVar variable) {
        var source = variable.getValueFrom();
        String namespace = pod.getMetadata().getNamespace();
        if (source.getSecretKeyRef() != null) {
            var reference = source.getSecretKeyRef();
            return view.find(io.fabric8.kubernetes.api.model.Secret.class, namespace + "/" + reference.getName())
                    .map(secret -> secret.getData().get(reference.getKey()))
                    .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                    .orElseThrow(() -> new NotReadyException("secret \"" + reference.getName() + "\" not found"));
        }
        if (source.getConfigMapKeyRef() != null) {
            var reference = source.getConfigMapKeyRef();
            return view.find(io.fabric8.kubernetes.api.model.ConfigMap.class, namespace + "/" + reference.getName())
                    .map(map -> map.getData().get(reference.getKey()))
                    .orElseThrow(() -> new NotReadyException("configmap \"" + reference.getName() + "\" not found"));
        }
        return Optional.ofNullable(source.getFieldRef())
                .map(ObjectFieldSelector::getFieldPath)
                .map(path -> switch (path) {
                    case "metadata.name" -> pod.getMetadata().getName();
                    case "metadata.namespace" -> namespace;
                    default -> "127.0.0.1";
                })
                .orElse("");
    }

    boolean isStopping() {
        return stopping;
    }

    /** Stops the process as the kubelet does: the hook, the signal, the grace period; completes when it is gone. Asked once. */
    CompletableFuture<Void> stop(Pod pod) {
        stopping = true;
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        Duration patience = Duration.ofSeconds(grace == null ? 30 : grace);
        return CompletableFuture.runAsync(
                () -> stop(patience), task -> Thread.ofVirtual().start(task));
    }

    private void stop(Duration patience) {
        LocalProcess running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        ready = false;
        preStop(patience);
        running.signal(stopSignal());
        try {
            running.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    // The volumes are as they were last: what they came from may be gone by now. A hook that fails, or whose program is
    // not there, does not hold the pod.
    private void preStop(Duration patience) {
        List<String> hook = container.getLifecycle() == null
                        || container.getLifecycle().getPreStop() == null
                        || container.getLifecycle().getPreStop().getExec() == null
                ? List.of()
                : container.getLifecycle().getPreStop().getExec().getCommand();
        if (hook.isEmpty() || command == null) {
            return;
        }
        ContainerCommand local = command.hook(hook, container, folders);
        LocalProcess run = LocalProcess.start(local.command(), local.environment(), folder, folder.resolve("hook.log"));
        run.onExit()
                .completeOnTimeout(1, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        run.signal("KILL");
    }

    // The official image's STOPSIGNAL, which is PostgreSQL's fast shutdown, unless the pod says otherwise.
    private String stopSignal() {
        String given = container.getLifecycle() == null
                ? null
                : container.getLifecycle().getStopSignal();
        return given == null ? "INT" : given.replaceFirst("^SIG", "");
    }

    private void kill() {
        LocalProcess running = process;
        if (running != null) {
            running.signal("KILL");
            running.onExit().join();
        }
    }

    /** Ends the process without waiting for clients, but so that it gives its shared memory back. */
    void end() {
        LocalProcess running = process;
        if (running != null) {
            running.signal("QUIT");
            running.onExit().completeOnTimeout(0, 3, TimeUnit.SECONDS).join();
            kill();
        }
    }

    void removeFolder() {
        ProcessReaper.remove(folder);
    }

    void createFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PodStatusReport report(@Nullable String waitingFor) {
        PodStatusReport.State state = runs()
                ? PodStatusReport.State.Running
                : restarts > 0 ? PodStatusReport.State.Restarting : PodStatusReport.State.Waiting;
        return new PodStatusReport(state, ready(), restarts, waitingFor, lastExit, startedAt);
    }
}
