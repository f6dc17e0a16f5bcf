package dev.howdah.testing.embedded.node;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs the pods of this node as processes and says how they are. */
final class Kubelet implements AutoCloseable {
    private static final long START_POLL_MILLIS = 10;
    private static final long READY_POLL_MILLIS = 10_000;

    private final KubernetesClient client;
    private final ClusterView view;
    private final VolumeProvisioner provisioner;
    private final Path root;
    private final WorkQueue pods = new WorkQueue(this::reconcile);
    private final WorkQueue probes = new WorkQueue(this::probe);
    private final Map<String, RunningPod> running = new ConcurrentHashMap<>();
    private final AtomicInteger folders = new AtomicInteger();

    /** What runs, of which pod, and what was last said about it. */
    private record RunningPod(
            String uid, PodProcess process, @Nullable PodStatusReport said) {}

    Kubelet(KubernetesClient client, ClusterView view, VolumeProvisioner provisioner, Path root) {
        this.client = client;
        this.view = view;
        this.provisioner = provisioner;
        this.root = root;
    }

    void changed(String podKey) {
        pods.add(podKey);
    }

    void pause() {
        pods.pause();
    }

    void resume() {
        pods.resume();
    }

    /** Where the output of a pod's container goes, while the pod exists. */
    Optional<Path> log(String podKey) {
        return Optional.ofNullable(running.get(podKey)).map(pod -> pod.process().log());
    }

    private void reconcile(String key) {
        Optional<Pod> found = view.find(Pod.class, key)
                .filter(pod -> StatefulSetController.NODE.equals(pod.getSpec().getNodeName()));
        RunningPod current = running.get(key);
        if (current != null
                && (found.isEmpty() || !found.get().getMetadata().getUid().equals(current.uid()))) {
            forget(key, current);
            current = null;
        }
        if (found.isEmpty()) {
            return;
        }
        Pod pod = found.get();
        if (pod.isMarkedForDeletion()) {
            end(key, pod, current);
        } else {
            run(key, pod, current == null ? begin(key, pod) : current);
        }
    }

    private void forget(String key, RunningPod pod) {
        pod.process().end();
        pod.process().removeFolder();
        // The next pod of that name may run already.
        running.computeIfPresent(key, (_, found) -> found.uid().equals(pod.uid()) ? null : found);
    }

    private RunningPod begin(String key, Pod pod) {
        var process = new PodProcess(
                pod, view, provisioner, root.resolve("p" + folders.incrementAndGet()), () -> changed(key));
        process.createFolder();
        var begun = new RunningPod(pod.getMetadata().getUid(), process, null);
        running.put(key, begun);
        return begun;
    }

    private void run(String key, Pod pod, RunningPod current) {
        PodProcess process = current.process();
        boolean ran = process.runs();
        String waitingFor = null;
        try {
            process.advance(pod, process.runs() ? process.port() : port(pod));
        } catch (NotReadyException e) {
            waitingFor = e.getMessage();
        }
        if (!ran && process.runs()) {
            probes.add(key);
        } else if (!process.runs() && waitingFor == null) {
            pods.addIn(
                    Math.max(
                            1,
                            Duration.between(Instant.now(), process.notBefore()).toMillis() + 1),
                    key);
        }
        say(key, pod, current, process.report(waitingFor));
    }

    private void say(String key, Pod pod, RunningPod current, PodStatusReport report) {
        if (!report.equals(current.said())) {
            running.put(key, new RunningPod(current.uid(), current.process(), report));
            StatusPatch.write(client, pod, report.of(pod));
        }
    }

    // Clients come through the node port, so the server listens there itself.
    private int port(Pod pod) {
        return view.list(Service.class, pod.getMetadata().getNamespace())
                .filter(service -> selects(service, pod))
                .flatMap(service -> service.getSpec().getPorts().stream())
                .map(ServicePort::getNodePort)
                .filter(port -> port != null && port > 0)
                .findFirst()
                .orElseThrow(() -> new NotReadyException("no Service of type NodePort selects this pod"));
    }

    private static boolean selects(Service service, Pod pod) {
        Map<String, String> selector = service.getSpec().getSelector();
        return selector != null
                && !selector.isEmpty()
                && pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet());
    }

    private void probe(String key) {
        RunningPod pod = running.get(key);
        if (pod == null || !pod.process().runs()) {
            return;
        }
        boolean before = pod.process().ready();
        boolean answers = PostgresProbe.answers(pod.process().port());
        pod.process().markReady(answers);
        if (before != answers) {
            changed(key);
        }
        probes.addIn(answers ? READY_POLL_MILLIS : START_POLL_MILLIS, key);
    }

    private void end(String key, Pod pod, @Nullable RunningPod current) {
        if (current == null) {
            delete(pod);
            return;
        }
        say(key, pod, current, current.process().report(null));
        if (!current.process().isStopping()) {
            current.process().stop(pod).whenComplete((stopped, failure) -> {
                forget(key, current);
                delete(pod);
            });
        }
    }

    /** Takes this very pod out of the API: by its name alone it could be the next one, which a StatefulSet makes at once. */
    private void delete(Pod pod) {
        try {
            client.raw(
                    "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                            + pod.getMetadata().getName(),
                    "DELETE",
                    new DeleteOptionsBuilder()
                            .withGracePeriodSeconds(0L)
                            .withNewPreconditions()
                            .withUid(pod.getMetadata().getUid())
                            .endPreconditions()
                            .build());
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        pods.close();
        probes.close();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            running.values().forEach(pod -> all.execute(pod.process()::end));
        }
    }
}
