package dev.howdah.kubernetes;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;

/** Where an instance stands, in the eyes of a platform. */
enum InstanceStage {
    PROVISIONING,
    /** Was never usable. */
    PROVISION_FAILED,
    READY,
    UPDATING,
    UPDATE_FAILED,
    DELETING;

    static InstanceStage of(PostgresInstance instance) {
        PostgresInstanceStatus status = instance.getStatus();
        if (instance.getMetadata().getDeletionTimestamp() != null) {
            return DELETING;
        }
        if (status == null || status.phase() == null) {
            return PROVISIONING;
        }
        boolean observed = observed(instance, status);
        return switch (status.phase()) {
            case Pending, Provisioning -> PROVISIONING;
            case Ready -> observed ? READY : UPDATING;
            case Updating -> UPDATING;
            case Failed -> failed(status, observed);
            case Deleting -> DELETING;
        };
    }

    private static InstanceStage failed(PostgresInstanceStatus status, boolean observed) {
        Operation operation = status.operation();
        boolean update = operation != null && operation.type() == Operation.Type.Update;
        if (update) {
            return observed ? UPDATE_FAILED : UPDATING;
        }
        return observed ? PROVISION_FAILED : PROVISIONING;
    }

    /** Whether the status speaks of the spec as it is. */
    private static boolean observed(PostgresInstance instance, PostgresInstanceStatus status) {
        Long generation = instance.getMetadata().getGeneration();
        Long seen = status.observedGeneration();
        return generation == null || (seen != null && seen >= generation);
    }

    boolean isMoving() {
        return switch (this) {
            case PROVISIONING, UPDATING, DELETING -> true;
            case READY, PROVISION_FAILED, UPDATE_FAILED -> false;
        };
    }
}
