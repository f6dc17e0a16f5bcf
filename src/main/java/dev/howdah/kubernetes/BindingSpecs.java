package dev.howdah.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.howdah.broker.BindRequest;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a request to bind as the spec of its custom resource. Pure, but for the time. */
final class BindingSpecs {
    private final Clock clock;

    BindingSpecs(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param plan of the instance; null if the catalog does not have it any more
     * @param predecessor what the new binding inherits its parameters from; null for a binding of its own
     * @throws IllegalArgumentException naming the parameter that does not fit
     */
    PostgresBindingSpec spec(
            BindRequest request,
            OwnInstance instance,
            @Nullable ServicePlan plan,
            @Nullable PostgresBinding predecessor) {
        JsonNode tree = predecessor == null
                ? Json.tree(request.parameters())
                : Optional.ofNullable(predecessor.getSpec().request())
                        .map(OsbRequest::parameters)
                        .orElse(null);
        BindingParameters parameters = BindingParameters.of(Json.map(tree));
        return new PostgresBindingSpec(
                instance.resource().getMetadata().getName(),
                parameters.access(),
                parameters.connectionLimit(),
                parameters.statementTimeout(),
                parameters.searchPath(),
                expiry(parameters.expiresAfter(), plan),
                predecessor == null ? null : predecessor.getMetadata().getName(),
                clientNamespace(request.context()),
                request(request, instance, tree));
    }

    /** The plan's limit holds when the parameter asks for more. */
    private @Nullable String expiry(@Nullable Duration asked, @Nullable ServicePlan plan) {
        Duration planned = plan == null ? null : plan.bindingExpiresAfter();
        Duration life = asked == null || (planned != null && planned.compareTo(asked) < 0) ? planned : asked;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return life == null ? null : now.plus(life).toString();
    }

    /** OSB profile, Kubernetes Context Object: there a namespace is one of a Kubernetes cluster. */
    private static @Nullable String clientNamespace(Map<String, Object> context) {
        return "kubernetes".equals(context.get("platform")) && context.get("namespace") instanceof String namespace
                ? namespace
                : null;
    }

    private static OsbRequest request(BindRequest request, OwnInstance instance, @Nullable JsonNode parameters) {
        OsbRequest kept = instance.request();
        return new OsbRequest(
                request.bindingId().value(),
                request.instanceId().value(),
                request.offering() == null
                        ? kept.serviceId()
                        : request.offering().id(),
                request.plan() == null ? kept.planId() : request.plan().id(),
                null,
                null,
                parameters,
                Json.tree(request.context()),
                Json.tree(request.bindResource()),
                InstanceSpecs.identity(request.originatingIdentity()),
                null,
                null,
                null);
    }
}
