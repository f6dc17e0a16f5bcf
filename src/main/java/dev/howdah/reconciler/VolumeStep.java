package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerManifests;
import dev.howdah.workload.ServerNames;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes a server's volume, finds one that an earlier server left, and enlarges it. */
final class VolumeStep {
    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;
    private static final Finding GROWING = Finding.bad("VolumeGrowing", "the volume is being enlarged");

    private final KubernetesClient client;
    private final ChildApplier applier;
    private final Clock clock;
    private final Map<String, Quantity> capacities = new ConcurrentHashMap<>();

    VolumeStep(KubernetesClient client, ChildApplier applier, Clock clock) {
        this.client = client;
        this.applier = applier;
        this.clock = clock;
    }

    /** A volume of the server's name that belongs to no server holds somebody's data; only a person may say whose. */
    Optional<Finding> foreign(PostgresServer server, ServerChildren seen) {
        if (seen.volumeClaim() != null) {
            return Optional.empty();
        }
        String name = server.getMetadata().getName();
        return Optional.ofNullable(client.persistentVolumeClaims()
                        .inNamespace(server.getMetadata().getNamespace())
                        .withName(ServerNames.of(server).persistentVolumeClaim())
                        .get())
                .filter(claim -> !isOf(claim, name))
                .map(claim -> Finding.bad(
                        "VolumeKept",
                        "there is a volume of an earlier server already, %1$s; adopt its data with 'kubectl label pvc %1$s %2$s=%3$s %4$s-', or delete it"
                                .formatted(
                                        claim.getMetadata().getName(),
                                        ServerManifests.SERVER_LABEL,
                                        name,
                                        Labels.RETAINED)));
    }

    /** What keeps the volume from having the size of the spec. */
    Optional<Finding> grow(PersistentVolumeClaim wished, ServerChildren seen, Context<PostgresServer> context) {
        if (VolumeGrowth.isShrink(wished, seen.volumeClaim())) {
            return Optional.of(Finding.bad(
                    "VolumeCannotShrink", "a volume never shrinks; set spec.storage.size to what it was or more"));
        }
        return VolumeGrowth.isGrowth(wished, seen.volumeClaim()) ? enlarge(wished, seen, context) : Optional.empty();
    }

    /** An API server that says no here says it for good: the class cannot expand, or the quota is used up. */
    private Optional<Finding> enlarge(
            PersistentVolumeClaim wished, ServerChildren seen, Context<PostgresServer> context) {
        try {
            applier.apply(List.of(wished), seen, context);
            return Optional.of(GROWING);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == FORBIDDEN || refused.getCode() == UNPROCESSABLE) {
                return Optional.of(Finding.bad("VolumeCannotGrow", "the volume cannot grow: " + reason(refused)));
            }
            throw refused;
        }
    }

    Optional<Finding> growing(@Nullable PersistentVolumeClaim claim) {
        return VolumeGrowth.isDone(claim) ? Optional.empty() : Optional.of(GROWING);
    }

    /** Whether the file system grows only when the volume is mounted anew. */
    boolean needsNewPod(@Nullable PersistentVolumeClaim claim) {
        return VolumeGrowth.waitsForMount(claim, clock.instant());
    }

    /** Whether the volume has grown since the server was last found not to run. */
    boolean hasGrown(PostgresServer server, @Nullable PersistentVolumeClaim claim) {
        return VolumeGrowth.capacity(claim)
                .filter(now -> {
                    Quantity before = capacities.put(server.getMetadata().getUid(), now);
                    return before != null && now.getNumericalAmount().compareTo(before.getNumericalAmount()) > 0;
                })
                .isPresent();
    }

    void forget(PostgresServer server) {
        capacities.remove(server.getMetadata().getUid());
    }

    private static boolean isOf(PersistentVolumeClaim claim, String server) {
        return claim.getMetadata().getLabels() != null
                && Objects.equals(claim.getMetadata().getLabels().get(ServerManifests.SERVER_LABEL), server);
    }

    private static String reason(KubernetesClientException refused) {
        return refused.getStatus() == null || refused.getStatus().getMessage() == null
                ? String.valueOf(refused.getMessage())
                : refused.getStatus().getMessage();
    }
}
