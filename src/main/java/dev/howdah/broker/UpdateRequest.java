package dev.howdah.broker;

import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Update a service instance. Each null means: leave as it is.
 *
 * @param plan the plan to change to
 * @param parameters parameters to merge in; a null value removes its key
 * @param context the new context
 * @param maintenanceVersion the maintenance version to move to, already checked against the catalog
 */
public record UpdateRequest(
        InstanceId instanceId,
        ServiceOffering offering,
        @Nullable ServicePlan plan,
        @Nullable Map<String, Object> parameters,
        @Nullable Map<String, Object> context,
        @Nullable String maintenanceVersion,
        @Nullable OriginatingIdentity originatingIdentity,
        boolean asyncAccepted) {}
