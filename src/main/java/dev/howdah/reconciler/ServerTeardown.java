package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerManifests;
import dev.howdah.workload.ServerNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Takes a server away with everything that belongs to it. */
final class ServerTeardown {
    /** The informers tell of every object that goes; this is for the case that one was missed. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** Data that is thrown away needs no checkpoint. */
    private static final long GRACE_SECONDS = 3;

    private final KubernetesClient client;

    ServerTeardown(KubernetesClient client) {
        this.client = client;
    }

    /** Deletes what is still there. @return what it waits for; empty when nothing is left */
    Optional<String> remaining(PostgresServer server, Context<PostgresServer> context) {
        boolean retain = isRetained(server);
        List<HasMetadata> children = ServerChildren.of(server, context).all();
        if (retain) {
            children.stream()
                    .filter(PersistentVolumeClaim.class::isInstance)
                    .forEach(claim -> release((PersistentVolumeClaim) claim, server));
        }
        List<HasMetadata> doomed = children.stream()
                .filter(child -> !(retain && child instanceof PersistentVolumeClaim))
                .toList();
        boolean runs = doomed.stream().anyMatch(ServerTeardown::runs);
        deleteAll(
                doomed.stream()
                        .filter(child -> child.getMetadata().getDeletionTimestamp() == null)
                        .filter(child -> !(runs && isMounted(child)))
                        .toList(),
                retain);
        return doomed.isEmpty() ? unseen(server, retain) : waitingFor(doomed);
    }

    static boolean isRetained(PostgresServer server) {
        return server.getMetadata().getAnnotations() != null
                && "Retain".equals(server.getMetadata().getAnnotations().get(Labels.DELETION_POLICY));
    }

    /** The informers may be behind: what was made just before the deletion is looked for once more, at the source. */
    private Optional<String> unseen(PostgresServer server, boolean retain) {
        String namespace = server.getMetadata().getNamespace();
        String name = server.getMetadata().getName();
        List<HasMetadata> left = Stream.<Stream<? extends HasMetadata>>of(
                        client
                                .apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .withLabel(ServerManifests.SERVER_LABEL, name)
                                .list()
                                .getItems()
                                .stream(),
                        client
                                .pods()
                                .inNamespace(namespace)
                                .withLabel(ServerManifests.SERVER_LABEL, name)
                                .list()
                                .getItems()
                                .stream(),
                        client
                                .persistentVolumeClaims()
                                .inNamespace(namespace)
                                .withLabel(ServerManifests.SERVER_LABEL, name)
                                .list()
                                .getItems()
                                .stream()
                                .filter(_ -> !retain))
                .flatMap(objects -> objects)
                .map(HasMetadata.class::cast)
                .toList();
        deleteAll(left, retain);
        return left.isEmpty() ? Optional.empty() : waitingFor(left);
    }

    private void deleteAll(List<HasMetadata> objects, boolean gently) {
        CompletableFuture.allOf(objects.stream()
                        .map(object -> CompletableFuture.runAsync(
                                () -> delete(object, gently),
                                task -> Thread.ofVirtual().start(task)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private void delete(HasMetadata object, boolean gently) {
        if (object instanceof Pod && !gently) {
            client.resource(object).withGracePeriod(GRACE_SECONDS).delete();
        } else {
            client.resource(object).delete();
        }
    }

    /** Takes the volume out of our hands: nothing owns it, and no server of the same name will find it by accident. */
    private void release(PersistentVolumeClaim claim, PostgresServer server) {
        client.resource(claim)
                .edit(existing -> new PersistentVolumeClaimBuilder(existing)
                        .editMetadata()
                        .withOwnerReferences(List.of())
                        .removeFromLabels(ServerManifests.SERVER_LABEL)
                        .addToLabels(Labels.RETAINED, ServerNames.of(server).server())
                        .addToAnnotations(Labels.MADE_BY, AdminPassword.identity(server, existing))
                        .endMetadata()
                        .build());
    }

    private static boolean runs(HasMetadata child) {
        return child instanceof Pod || child instanceof StatefulSet;
    }

    /** The pod stops with a script and certificates that it has mounted; they go after it. */
    private static boolean isMounted(HasMetadata child) {
        return child instanceof ConfigMap || child instanceof Secret;
    }

    private static Optional<String> waitingFor(List<HasMetadata> left) {
        if (left.stream().anyMatch(ServerTeardown::runs)) {
            return Optional.of("the server is being stopped");
        }
        return left.stream().anyMatch(PersistentVolumeClaim.class::isInstance)
                ? Optional.of("the volume is being removed")
                : Optional.of("the last objects are being removed");
    }
}
