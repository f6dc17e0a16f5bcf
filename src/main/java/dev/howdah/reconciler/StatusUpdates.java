package dev.howdah.reconciler;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/** Writes a status if, and only if, it says something new. */
final class StatusUpdates {
    private StatusUpdates() {}

    static <S, T extends CustomResource<?, S>> UpdateControl<T> of(T resource, S next) {
        if (next.equals(resource.getStatus())) {
            return UpdateControl.noUpdate();
        }
        resource.setStatus(next);
        return UpdateControl.patchStatus(resource);
    }

    static <S, T extends CustomResource<?, S>> ErrorStatusUpdateControl<T> error(T resource, S next) {
        if (next.equals(resource.getStatus())) {
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        resource.setStatus(next);
        return ErrorStatusUpdateControl.patchStatus(resource);
    }

    /** At once: a cleanup has no other way, and some steps must be known before the next. */
    static <S, T extends CustomResource<?, S>> void write(T resource, S next, Context<T> context) {
        if (!next.equals(resource.getStatus())) {
            context.resourceOperations().jsonPatchPrimaryStatus(resource, copy -> {
                copy.setStatus(next);
                return copy;
            });
        }
    }
}
