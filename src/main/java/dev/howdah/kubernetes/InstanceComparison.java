package dev.howdah.kubernetes;

import dev.howdah.broker.ProvisionRequest;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresInstance;
import java.util.Objects;
import java.util.Optional;

/** Tells whether a request to provision is the one that made an instance (OSB, Provisioning: 200 or 409). Pure. */
final class InstanceComparison {
    private InstanceComparison() {}

    /**
     * The first difference, in the words of the API; empty if there is none. After updates a platform may repeat its first request or
     * say what holds now: both are this instance.
     */
    static Optional<String> difference(ProvisionRequest request, PostgresInstance instance) {
        OsbRequest kept = instance.getSpec().request();
        if (kept == null || !kept.id().equals(request.instanceId().value())) {
            return Optional.of("the name of this instance_id is taken by another instance");
        }
        OsbRequest.Original original = kept.original();
        Optional<String> now =
                difference(request, kept, new OsbRequest.Original(kept.planId(), kept.parameters(), kept.context()));
        return now.isEmpty()
                        || original == null
                        || difference(request, kept, original).isPresent()
                ? now
                : Optional.empty();
    }

    private static Optional<String> difference(ProvisionRequest request, OsbRequest kept, OsbRequest.Original part) {
        if (!request.offering().id().equals(kept.serviceId())) {
            return differs("service_id");
        }
        if (!request.plan().id().equals(part.planId())) {
            return differs("plan_id");
        }
        if (!Json.same(Json.tree(request.parameters()), part.parameters())) {
            return differs("parameters");
        }
        if (!Json.same(Json.tree(request.context()), part.context())) {
            return differs("context");
        }
        if (!Objects.equals(request.organizationGuid(), kept.organizationGuid())) {
            return differs("organization_guid");
        }
        return Objects.equals(request.spaceGuid(), kept.spaceGuid()) ? Optional.empty() : differs("space_guid");
    }

    private static Optional<String> differs(String field) {
        return Optional.of("an instance with this instance_id and another %s exists".formatted(field));
    }
}
