package dev.howdah.osb;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.catalog.MaintenanceInfo;
import org.springframework.cloud.servicebroker.model.catalog.Plan;
import org.springframework.cloud.servicebroker.model.catalog.Schemas;

/** The library's plan with what OSB 2.17 adds to it. */
final class RotatablePlan extends Plan {
    private final boolean bindingRotatable;

    RotatablePlan(
            String id,
            String name,
            String description,
            @Nullable Map<String, Object> metadata,
            boolean free,
            boolean bindable,
            boolean planUpdateable,
            Schemas schemas,
            int maximumPollingDuration,
            @Nullable MaintenanceInfo maintenanceInfo,
            boolean bindingRotatable) {
        super(
                id,
                name,
                description,
                metadata,
                free,
                bindable,
                planUpdateable,
                schemas,
                maximumPollingDuration,
                maintenanceInfo);
        this.bindingRotatable = bindingRotatable;
    }

    @JsonProperty("binding_rotatable")
    boolean isBindingRotatable() {
        return bindingRotatable;
    }
}
