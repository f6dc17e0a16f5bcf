package dev.howdah.kubernetes;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;

/** Where a binding stands, in the eyes of a platform. */
enum BindingStage {
    PENDING,
    READY,
    EXPIRED,
    FAILED,
    DELETING;

    static BindingStage of(PostgresBinding binding) {
        PostgresBindingStatus status = binding.getStatus();
        if (binding.getMetadata().getDeletionTimestamp() != null) {
            return DELETING;
        }
        if (status == null || status.phase() == null) {
            return PENDING;
        }
        return switch (status.phase()) {
            case Pending -> PENDING;
            case Ready -> READY;
            case Expired -> EXPIRED;
            case Failed -> FAILED;
            case Deleting -> DELETING;
        };
    }
}
