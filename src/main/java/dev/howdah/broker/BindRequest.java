package dev.howdah.broker;

import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Create a service binding, or its successor.
 *
 * @param offering null in a rotation that leaves the ids out
 * @param plan null in a rotation that leaves the ids out
 * @param parameters null when the request had none; a rotation inherits its predecessor's
 * @param predecessor the binding that this one succeeds (OSB, Rotating a Service Binding)
 */
public record BindRequest(
        InstanceId instanceId,
        BindingId bindingId,
        @Nullable ServiceOffering offering,
        @Nullable ServicePlan plan,
        @Nullable Map<String, Object> parameters,
        Map<String, Object> context,
        Map<String, Object> bindResource,
        @Nullable BindingId predecessor,
        @Nullable OriginatingIdentity originatingIdentity,
        boolean asyncAccepted) {}
