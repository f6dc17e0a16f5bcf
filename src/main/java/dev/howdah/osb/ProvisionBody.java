package dev.howdah.osb;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.instance.CreateServiceInstanceRequest;

/** OSB, Provisioning, Body. */
final class ProvisionBody extends CreateServiceInstanceRequest {
    private final transient JsonBody body;

    private ProvisionBody(JsonBody body) {
        super(
                body.text("service_id"),
                null,
                body.text("plan_id"),
                null,
                null,
                body.object("parameters"),
                null,
                false,
                null,
                null,
                null,
                null,
                null);
        this.body = body;
    }

    static ProvisionBody of(JsonBody body) {
        body.require("service_id", "plan_id", "organization_guid", "space_guid");
        body.object("context");
        MaintenanceVersion.requested(body);
        return new ProvisionBody(body);
    }

    /** Null if the request had none. */
    @Nullable
    Map<String, Object> sentParameters() {
        return body.object("parameters");
    }

    Map<String, Object> sentContext() {
        return Objects.requireNonNullElse(body.object("context"), Map.of());
    }

    String organization() {
        return Objects.requireNonNull(body.text("organization_guid"));
    }

    String space() {
        return Objects.requireNonNull(body.text("space_guid"));
    }

    /** Null if the request had none. */
    @Nullable
    String maintenanceVersion() {
        return MaintenanceVersion.requested(body);
    }
}
