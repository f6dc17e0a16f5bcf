package dev.howdah.kubernetes;

import dev.howdah.broker.BindRequest;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresBinding;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells whether a request to bind is the one that made a binding (OSB, Binding: 200 or 409). Pure. */
final class BindingComparison {
    private BindingComparison() {}

    /** The first difference, in the words of the API; empty if there is none. */
    static Optional<String> difference(BindRequest request, PostgresBinding binding) {
        OsbRequest kept = binding.getSpec().request();
        if (kept == null || !kept.id().equals(request.bindingId().value())) {
            return Optional.of("the name of this binding_id is taken by another binding");
        }
        if (!request.instanceId().value().equals(kept.instanceId())) {
            return Optional.of("a binding with this binding_id exists, of another instance");
        }
        if (request.offering() != null && !request.offering().id().equals(kept.serviceId())) {
            return differs("service_id");
        }
        if (request.plan() != null && !request.plan().id().equals(kept.planId())) {
            return differs("plan_id");
        }
        if (!Objects.equals(predecessor(request), binding.getSpec().predecessor())) {
            return differs("predecessor_binding_id");
        }
        return details(request, kept);
    }

    private static Optional<String> details(BindRequest request, OsbRequest kept) {
        // a rotation has its predecessor's parameters, whatever it sends
        if (request.predecessor() == null && !Json.same(Json.tree(request.parameters()), kept.parameters())) {
            return differs("parameters");
        }
        if (!Json.same(Json.tree(request.bindResource()), kept.bindResource())) {
            return differs("bind_resource");
        }
        return Json.same(Json.tree(request.context()), kept.context()) ? Optional.empty() : differs("context");
    }

    private static @Nullable String predecessor(BindRequest request) {
        return request.predecessor() == null ? null : ResourceNames.of(request.predecessor());
    }

    private static Optional<String> differs(String field) {
        return Optional.of("a binding with this binding_id and another %s exists".formatted(field));
    }
}
