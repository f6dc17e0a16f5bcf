package dev.howdah.broker;

import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Provision a service instance. Validated against the catalog and the plan's schema.
 *
 * @param parameters null when the request had none, as opposed to an empty object
 * @param asyncAccepted accepts_incomplete
 */
public record ProvisionRequest(
        InstanceId instanceId,
        ServiceOffering offering,
        ServicePlan plan,
        @Nullable Map<String, Object> parameters,
        Map<String, Object> context,
        String organizationGuid,
        String spaceGuid,
        @Nullable OriginatingIdentity originatingIdentity,
        boolean asyncAccepted) {}
