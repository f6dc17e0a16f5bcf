package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How large a volume is, shall be and may become. Volumes grow and never shrink. */
final class VolumeGrowth {
    private static final String STORAGE = "storage";

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
