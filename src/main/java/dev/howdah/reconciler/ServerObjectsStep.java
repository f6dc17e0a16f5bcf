package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerManifests;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Applies the manifests of a server: everything the pod needs first, then the StatefulSet. */
final class ServerObjectsStep {
    /** Certificates come due and authorities are replaced without any event. */
    private static final Duration TRUSTED = Duration.ofMinutes(5);

    /** @param hindrance why the objects are not yet what the spec says; empty when they are */
    record Result(ServerChildren children, Optional<Finding> hindrance) {}

    private final KubernetesClient client;
    private final ServerSecretsStore secrets;
    private final WorkloadSettings settings;
    private final ChildApplier applier = new ChildApplier();
    private final RecentChecks settled;
    private final Map<String, String> templates = new ConcurrentHashMap<>();

    ServerObjectsStep(KubernetesClient client, ServerSecretsStore secrets, WorkloadSettings settings, Clock clock) {
        this.settled = new RecentChecks(clock);
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
            return new Result(seen, outdated(template, seen.pod()).or(() -> growing(seen.volumeClaim())));
        }
        ServerManifests manifests = ServerManifests.of(
                server,
                secrets.of(server, seen, ServerEndpoint.moreNames(seen.clientService(), seen.pod(), settings)),
                settings);
        markTemplate(manifests.statefulSet());
        boolean grows = VolumeGrowth.isGrowth(manifests.volumeClaim(), seen.volumeClaim());
        Optional<Finding> volume = grows ? grow(manifests.volumeClaim(), seen, context) : Optional.empty();
        ServerChildren now = applier.apply(beforeStatefulSet(manifests, seen, grows), seen, context);
        now = applier.apply(List.of(manifests.statefulSet()), now, context);
        Optional<Finding> refused = volume.or(() -> shrink(manifests, seen));
        String wished = templateOf(manifests.statefulSet());
        ServerChildren last = now;
        if (refused.isEmpty()) {
            templates.put(uid, wished);
            settled.remember(uid, state(server, last));
        }
        return new Result(last, refused.or(() -> outdated(wished, seen.pod())).or(() -> growing(last.volumeClaim())));
    }

    void forget(PostgresServer server) {
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

    /** The StatefulSet starts another pod, which reads all of its configuration anew. */
    void restart(Pod pod) {
        client.resource(pod).delete();
    }

    private static List<HasMetadata> beforeStatefulSet(
            ServerManifests manifests, ServerChildren seen, boolean withoutVolume) {
        List<HasMetadata> objects = new ArrayList<>(manifests.all());
        objects.removeIf(object -> object instanceof StatefulSet || object instanceof PersistentVolumeClaim);
        PersistentVolumeClaim existing = seen.volumeClaim();
        if (existing == null) {
            objects.add(manifests.volumeClaim());
        } else if (!withoutVolume) {
            objects.add(VolumeGrowth.keepingSize(manifests.volumeClaim(), existing));
        }
        return objects;
    }

    /** An API server that says no here says it for good: the class cannot expand, or the quota is used up. */
    private Optional<Finding> grow(PersistentVolumeClaim wished, ServerChildren seen, Context<PostgresServer> context) {
        try {
            applier.apply(List.of(wished), seen, context);
            return Optional.of(Finding.bad("VolumeGrowing", "the volume is being enlarged"));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 403 || refused.getCode() == 422) {
                return Optional.of(Finding.bad("VolumeCannotGrow", "the volume cannot grow: " + reason(refused)));
            }
            throw refused;
        }
    }

    private static Optional<Finding> shrink(ServerManifests manifests, ServerChildren seen) {
        return VolumeGrowth.isShrink(manifests.volumeClaim(), seen.volumeClaim())
                ? Optional.of(Finding.bad(
                        "VolumeCannotShrink", "a volume never shrinks; set spec.storage.size to what it was or more"))
                : Optional.empty();
    }

    private static Optional<Finding> growing(@Nullable PersistentVolumeClaim claim) {
        return VolumeGrowth.isDone(claim)
                ? Optional.empty()
                : Optional.of(Finding.bad("VolumeGrowing", "the volume is being enlarged"));
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

    private static void markTemplate(StatefulSet statefulSet) {
        var metadata = statefulSet.getSpec().getTemplate().getMetadata();
        Map<String, String> annotations = new HashMap<>();
        if (metadata.getAnnotations() != null) {
            annotations.putAll(metadata.getAnnotations());
        }
        annotations.put(Labels.TEMPLATE, Fingerprints.of(statefulSet.getSpec().getTemplate()));
        metadata.setAnnotations(annotations);
    }

    private static String templateOf(StatefulSet statefulSet) {
        return String.valueOf(statefulSet
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get(Labels.TEMPLATE));
    }

    private static String reason(KubernetesClientException refused) {
        return refused.getStatus() == null || refused.getStatus().getMessage() == null
                ? String.valueOf(refused.getMessage())
                : refused.getStatus().getMessage();
    }
}
