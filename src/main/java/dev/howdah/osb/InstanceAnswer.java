package dev.howdah.osb;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.howdah.broker.ServiceInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.catalog.MaintenanceInfo;
import org.springframework.cloud.servicebroker.model.instance.GetServiceInstanceResponse;

/** The library's answer to fetching an instance with what OSB 2.17 adds to it. */
final class InstanceAnswer extends GetServiceInstanceResponse {
    private final @Nullable MaintenanceInfo maintenanceInfo;
    private final @Nullable InstanceMetadata metadata;

    InstanceAnswer(ServiceInstance instance) {
        super(instance.offeringId(), instance.planId(), instance.dashboardUrl(), instance.parameters());
        String version = instance.maintenanceVersion();
        this.maintenanceInfo = version == null ? null : new MaintenanceInfo(version, null);
        this.metadata = InstanceMetadata.of(instance);
    }

    @JsonProperty("maintenance_info")
    @Nullable
    MaintenanceInfo getMaintenanceInfo() {
        return maintenanceInfo;
    }

    @JsonProperty("metadata")
    @Nullable
    InstanceMetadata getMetadata() {
        return metadata;
    }
}
