package dev.howdah.kubernetes;

import dev.howdah.broker.BindRequest;
import dev.howdah.broker.BindingId;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.PostgresBinding;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The binding that a rotation succeeds, if it may (OSB, Rotating a Service Binding). Pure. */
sealed interface Predecessor {
    /** The request is no rotation. */
    record None() implements Predecessor {}

    record Usable(PostgresBinding binding) implements Predecessor {}

    record Unfinished(String reason) implements Predecessor {}

    record Unfit(String reason) implements Predecessor {}

    /**
     * @param found what the id names, of the same instance
     * @param plan of the instance; null if the catalog does not have it any more
     */
    static Predecessor of(BindRequest request, Optional<OwnBinding> found, @Nullable ServicePlan plan, Instant now) {
        BindingId id = request.predecessor();
        if (id == null) {
            return new None();
        }
        if (plan == null || !plan.bindingRotatable()) {
            return new Unfit("predecessor_binding_id: the plan's bindings cannot be rotated");
        }
        if (id.equals(request.bindingId())) {
            return new Unfit("predecessor_binding_id: a binding cannot succeed itself");
        }
        return found.map(OwnBinding::resource)
                .map(binding -> judge(binding, now))
                .orElseGet(() -> new Unfit("predecessor_binding_id: the instance has no such binding"));
    }

    private static Predecessor judge(PostgresBinding binding, Instant now) {
        Instant expiresAt = BindingView.expiresAt(binding);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            return new Unfit("predecessor_binding_id: that binding has expired");
        }
        return switch (BindingStage.of(binding)) {
            case READY -> new Usable(binding);
            case PENDING -> new Unfinished("The predecessor is still being made");
            case DELETING -> new Unfit("predecessor_binding_id: that binding is being deleted");
            case EXPIRED -> new Unfit("predecessor_binding_id: that binding has expired");
            case FAILED -> new Unfit("predecessor_binding_id: that binding could not be made");
        };
    }
}
