package dev.howdah.testing.embedded.node;

import dev.howdah.testing.embedded.ProcessReaper;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives every PersistentVolumeClaim a folder, which lives as long as the claim, and the claim as long as a pod uses it. */
final class VolumeProvisioner {
    private static final String PROTECTION = "kubernetes.io/pvc-protection";

    private final KubernetesClient client;
    private final ClusterView view;
    private final Path root;

    VolumeProvisioner(KubernetesClient client, ClusterView view, Path root) {
        this.client = client;
        this.view = view;
        this.root = root;
    }

    void changed(PersistentVolumeClaim claim) {
        if (claim.isMarkedForDeletion()) {
            if (claim.hasFinalizer(PROTECTION) && !isInUse(claim)) {
                // When the claim is gone, so are its files.
                removed(claim);
                client.resource(claim).edit(current -> {
                    current.removeFinalizer(PROTECTION);
                    return current;
                });
            }
            return;
        }
        Quantity wanted = Objects.requireNonNull(
                claim.getSpec().getResources().getRequests().get("storage"), "a claim without a size");
        Map<String, Quantity> capacity =
                claim.getStatus() == null ? null : claim.getStatus().getCapacity();
        if (capacity == null || !Objects.equals(capacity.get("storage"), wanted)) {
            create(folder(
                    claim.getMetadata().getNamespace(), claim.getMetadata().getName()));
            StatusPatch.write(
                    client,
                    claim,
                    Map.of(
                            "phase",
                            "Bound",
                            "accessModes",
                            claim.getSpec().getAccessModes(),
                            "capacity",
                            Map.of("storage", wanted.toString())));
        }
    }

    private boolean isInUse(PersistentVolumeClaim claim) {
        return view.list(Pod.class, claim.getMetadata().getNamespace())
                .flatMap(pod -> claimsOf(pod).stream())
                .anyMatch(claim.getMetadata().getName()::equals);
    }

    static List<String> claimsOf(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .toList();
    }

    void removed(PersistentVolumeClaim claim) {
        ProcessReaper.remove(
                folder(claim.getMetadata().getNamespace(), claim.getMetadata().getName()));
    }

    Path folder(String namespace, String claim) {
        return root.resolve(namespace).resolve(claim);
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
