package dev.howdah.broker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service instance as a platform may see it.
 *
 * @param parameters as they were sent, updates merged in
 * @param labels metadata.labels of the answer
 * @param attributes metadata.attributes of the answer
 */
public record ServiceInstance(
        InstanceId id,
        String offeringId,
        String planId,
        Map<String, Object> parameters,
        @Nullable String dashboardUrl,
        @Nullable String maintenanceVersion,
        Map<String, String> labels,
        Map<String, Object> attributes) {}
