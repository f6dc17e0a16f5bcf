package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How large a volume is, shall be and may become. Volumes grow and never shrink. */
final class VolumeGrowth {
    private static final String STORAGE = "storage";

    /** How long a node may take to enlarge a file system that is in use; the kubelet looks once a minute or so. */
    private static final Duration ONLINE = Duration.ofMinutes(2);

    private VolumeGrowth() {}

    static boolean isShrink(PersistentVolumeClaim wished, @Nullable PersistentVolumeClaim seen) {
        return seen != null
                && requested(seen)
                                .getNumericalAmount()
                                .compareTo(requested(wished).getNumericalAmount())
                        > 0;
    }

    static boolean isGrowth(PersistentVolumeClaim wished, @Nullable PersistentVolumeClaim seen) {
        return seen != null
                && requested(seen)
                                .getNumericalAmount()
                                .compareTo(requested(wished).getNumericalAmount())
                        < 0;
    }

    /** The claim with the size that the existing one has. */
    static PersistentVolumeClaim keepingSize(PersistentVolumeClaim wished, PersistentVolumeClaim seen) {
        return new PersistentVolumeClaimBuilder(wished)
                .editSpec()
                .editResources()
                .withRequests(Map.of(STORAGE, requested(seen)))
                .endResources()
                .endSpec()
                .build();
    }

    /** Whether the volume is as large as the claim asks for; true also before it exists. */
    static boolean isDone(@Nullable PersistentVolumeClaim claim) {
        return claim == null
                || capacity(claim)
                        .map(capacity -> capacity.getNumericalAmount()
                                        .compareTo(requested(claim).getNumericalAmount())
                                >= 0)
                        .orElse(true);
    }

    /**
     * Whether the volume is larger already and only its file system is not, for longer than a node needs that can enlarge one in
     * use. Such a volume is enlarged when a pod mounts it anew.
     */
    static boolean waitsForMount(@Nullable PersistentVolumeClaim claim, Instant now) {
        return claim != null
                && claim.getStatus() != null
                && Optional.ofNullable(claim.getStatus().getConditions()).orElse(List.of()).stream()
                        .anyMatch(condition -> "FileSystemResizePending".equals(condition.getType())
                                && "True".equals(condition.getStatus())
                                && condition.getLastTransitionTime() != null
                                && Instant.parse(condition.getLastTransitionTime())
                                        .plus(ONLINE)
                                        .isBefore(now));
    }

    static Optional<Quantity> capacity(@Nullable PersistentVolumeClaim claim) {
        if (claim == null || claim.getStatus() == null || claim.getStatus().getCapacity() == null) {
            return Optional.empty();
        }
        Quantity capacity = claim.getStatus().getCapacity().get(STORAGE);
        return capacity == null ? Optional.empty() : Optional.of(capacity);
    }

    private static Quantity requested(PersistentVolumeClaim claim) {
        Quantity size = claim.getSpec().getResources().getRequests().get(STORAGE);
        return size == null ? new Quantity("0") : size;
    }
}
