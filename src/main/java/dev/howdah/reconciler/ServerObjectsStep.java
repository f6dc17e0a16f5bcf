package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerManifests;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Applies the manifests of a server: everything the pod needs first, then the StatefulSet, then what its clients need. */
final class ServerObjectsStep {
    /** Certificates come due and authorities are replaced without any event. */
    private static final Duration TRUSTED = Duration.ofMinutes(5);

    /**
     * @param hindrance why the objects are not yet what the spec says; empty when they are
     * @param queued whether a new pod template waits for its turn
     */
    record Result(ServerChildren children, Optional<Finding> hindrance, boolean queued) {}

    private final KubernetesClient client;
    private final ServerSecretsStore secrets;
    private final WorkloadSettings settings;
    private final ChildApplier applier = new ChildApplier();
    private final VolumeStep volumes;
    private final StatefulSetStep statefulSets;
    private final RolloutTurn turn = new RolloutTurn();
    private final RecentChecks settled;
    private final Map<String, String> templates = new ConcurrentHashMap<>();

    ServerObjectsStep(KubernetesClient client, ServerSecretsStore secrets, WorkloadSettings settings, Clock clock) {
        this.settled = new RecentChecks(clock);
        this.volumes = new VolumeStep(client, applier, clock);
        this.statefulSets = new StatefulSetStep(client, applier);
        this.client = client;
        this.secrets = secrets;
        this.settings = settings;
    }

    /** @throws IllegalArgumentException if the spec cannot be; the message names the field */
    Result apply(PostgresServer server, Context<PostgresServer> context) {
        ServerChildren seen = ServerChildren.of(server, context);
        String uid = server.getMetadata().getUid();
        String template = templates.get(uid);
        if (template != null && settled.knows(uid, state(server, seen), TRUSTED)) {
            return result(seen, template, Optional.empty());
        }
        CompletableFuture<Optional<Finding>> foreign = SideBySide.begin(() -> volumes.foreign(server, seen));
        ServerManifests manifests = ServerManifests.of(
                server,
                secrets.of(server, seen, ServerEndpoint.moreNames(seen.clientService(), seen.pod(), settings)),
                settings);
        Optional<Finding> hindrance = SideBySide.result(foreign);
        return hindrance.isPresent() ? new Result(seen, hindrance, false) : apply(server, manifests, seen, context);
    }

    private Result apply(
            PostgresServer server, ServerManifests manifests, ServerChildren seen, Context<PostgresServer> context) {
        String uid = server.getMetadata().getUid();
        String wished = StatefulSetStep.mark(manifests.statefulSet());
        Optional<Finding> volume = volumes.grow(manifests.volumeClaim(), seen, context);
        String present = StatefulSetStep.templateOf(seen.statefulSet()).orElse(wished);
        boolean queued = !present.equals(wished) && isOnlyHowdahsWish(server, seen) && !turn.take(uid);
        ServerChildren now = applier.apply(neededByPod(manifests, seen, queued), seen, context);
        if (!queued) {
            now = statefulSets.apply(manifests.statefulSet(), now, context);
        }
        now = applier.apply(neededByClients(manifests), now, context);
        if (queued) {
            return new Result(now, volume, true);
        }
        if (volume.isEmpty()) {
            templates.put(uid, wished);
            settled.remember(uid, state(server, now));
        }
        return result(now, wished, volume);
    }

    private Result result(ServerChildren children, String template, Optional<Finding> volume) {
        return new Result(
                children, volume.or(() -> outdated(template, children.pod())).or(() -> growing(children)), false);
    }

    /** All of the spec is in force and the server serves: what differs comes from a new Howdah or from its settings. */
    private static boolean isOnlyHowdahsWish(PostgresServer server, ServerChildren seen) {
        Pod pod = seen.pod();
        return ServerStatuses.isUpToDate(server) && pod != null && Pods.isReady(pod);
    }

    /** The server is as its spec wants it. */
    void done(PostgresServer server) {
        turn.giveBack(server.getMetadata().getUid());
    }

    /** A new pod where the one there is would only wait: Kubernetes' delays know neither what ended a server nor that its volume has grown. */
    void hasten(PostgresServer server, ServerChildren children, Pod pod) {
        boolean grown = volumes.hasGrown(server, children.volumeClaim());
        if (KilledServer.needsNewPod(pod) || (grown && KilledServer.isHeldBack(pod))) {
            restart(pod);
        }
    }

    void forget(PostgresServer server) {
        volumes.forget(server);
        done(server);
        settled.forget(server.getMetadata().getUid());
        templates.remove(server.getMetadata().getUid());
    }

    /** The same spec and the same objects need no other look: a server that starts is looked at many times a second. */
    private Object state(PostgresServer server, ServerChildren children) {
        return List.of(
                String.valueOf(server.getMetadata().getGeneration()),
                children.versions(),
                ServerEndpoint.moreNames(children.clientService(), children.pod(), settings));
    }

    /**
     * The StatefulSet starts another pod, which reads all of its configuration anew. Only the pod as it was seen is deleted: the next
     * one has its name, and one that has changed is looked at again, because its change wakes the server.
     */
    void restart(Pod pod) {
        try {
            client.resource(pod)
                    .lockResourceVersion(pod.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw failure;
            }
        }
    }

    /** The scripts and the template belong together, so a template that waits for its turn keeps the scripts back. */
    private static List<HasMetadata> neededByPod(ServerManifests manifests, ServerChildren seen, boolean queued) {
        List<HasMetadata> objects = new ArrayList<>(manifests.all());
        objects.removeIf(object -> object instanceof StatefulSet
                || object instanceof Service
                || object instanceof PersistentVolumeClaim
                || (queued && object instanceof ConfigMap));
        PersistentVolumeClaim existing = seen.volumeClaim();
        if (existing == null) {
            // First, because a volume takes longest to be there.
            objects.addFirst(manifests.volumeClaim());
        } else if (!VolumeGrowth.isGrowth(manifests.volumeClaim(), existing)) {
            objects.add(VolumeGrowth.keepingSize(manifests.volumeClaim(), existing));
        }
        return objects;
    }

    /** Made while the pod is: it takes longer than they do. */
    private static List<HasMetadata> neededByClients(ServerManifests manifests) {
        return List.of(manifests.clientService(), manifests.headlessService());
    }

    private Optional<Finding> growing(ServerChildren children) {
        Pod pod = children.pod();
        if (pod != null && Pods.isReady(pod) && volumes.needsNewPod(children.volumeClaim())) {
            restart(pod);
            return Optional.of(Finding.bad("Restarting", "the server restarts so that its volume can grow"));
        }
        return volumes.growing(children.volumeClaim());
    }

    /** A pod that is not even ready is not worth waiting for: the StatefulSet controller would, for ever. */
    private Optional<Finding> outdated(String template, @Nullable Pod pod) {
        if (pod == null || Pods.hasAnnotation(pod, Labels.TEMPLATE, template)) {
            return Optional.empty();
        }
        if (pod.getMetadata().getDeletionTimestamp() == null && !Pods.isReady(pod)) {
            restart(pod);
        }
        return Optional.of(Finding.bad("Restarting", "the server restarts to follow its spec"));
    }
}
