package dev.howdah.reconciler;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a status if, and only if, it says something new, and the resource has not changed since it was looked at: a leader that was
 * stopped and goes on when another has taken over must not say "Ready" of a resource that was made anew under the same name.
 * Java-operator-sdk's own way leaves the resource version out, so the patch is made here. Without it a change that somebody makes
 * during the write becomes a part of its answer, and the framework, which takes that for its own, tells nobody (its issue 3398).
 */
final class StatusUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(StatusUpdates.class);

    private StatusUpdates() {}

    /** @throws KubernetesClientException with 409 if the resource has changed; the next look sees it as it is then */
    static <S, T extends CustomResource<?, S>> UpdateControl<T> of(T resource, S next, Context<T> context) {
        write(resource, next, context);
        return UpdateControl.noUpdate();
    }

    /** Does not fail: what led here is tried again in any case. */
    static <S, T extends CustomResource<?, S>> ErrorStatusUpdateControl<T> error(
            T resource, S next, Context<T> context) {
        try {
            write(resource, next, context);
        } catch (KubernetesClientException unwritten) {
            LOG.atDebug().setCause(unwritten).log("Trouble not written into the status");
        }
        return ErrorStatusUpdateControl.noStatusUpdate();
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
