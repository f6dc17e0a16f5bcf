package dev.howdah.testing.embedded.node;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Deletes objects whose owners are gone, and finishes deletions in the foreground. */
final class GarbageCollector {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";

    private final KubernetesClient client;
    private final ClusterView view;

    GarbageCollector(KubernetesClient client, ClusterView view) {
        this.client = client;
        this.view = view;
    }

    void changed(HasMetadata object) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        boolean orphaned = !owners.isEmpty() && owners.stream().noneMatch(owner -> mayExist(object, owner));
        if (orphaned && !object.isMarkedForDeletion()) {
            client.resource(object).delete();
        }
        if (object.isMarkedForDeletion() && object.hasFinalizer(FOREGROUND)) {
            collectBefore(object);
        }
        if (object.isMarkedForDeletion() && object.hasFinalizer(ORPHAN)) {
            view.dependentsOf(object.getMetadata().getUid()).forEach(dependent -> abandon(dependent, object));
            removeFinalizer(object, ORPHAN);
        }
    }

    // An owner that the watch has not shown may just be newer than the watch: ask.
    private boolean mayExist(HasMetadata dependent, OwnerReference owner) {
        if (!view.knows(owner.getKind()) || view.has(owner.getKind(), owner.getUid())) {
            return true;
        }
        HasMetadata there = client.genericKubernetesResources(owner.getApiVersion(), owner.getKind())
                .inNamespace(dependent.getMetadata().getNamespace())
                .withName(owner.getName())
                .get();
        return there != null && there.getMetadata().getUid().equals(owner.getUid());
    }

    private void collectBefore(HasMetadata owner) {
        List<HasMetadata> dependents = view.dependentsOf(owner.getMetadata().getUid());
        if (dependents.isEmpty()) {
            removeFinalizer(owner, FOREGROUND);
        }
        dependents.stream()
                .filter(dependent -> !dependent.isMarkedForDeletion())
                .forEach(dependent -> client.resource(dependent).delete());
    }

    private void abandon(HasMetadata dependent, HasMetadata owner) {
        client.resource(dependent).edit(current -> {
            current.getMetadata()
                    .getOwnerReferences()
                    .removeIf(reference ->
                            reference.getUid().equals(owner.getMetadata().getUid()));
            return current;
        });
    }

    private void removeFinalizer(HasMetadata object, String finalizer) {
        client.resource(object).edit(current -> {
            current.removeFinalizer(finalizer);
            return current;
        });
    }
}
