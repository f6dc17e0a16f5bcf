package dev.howdah.osb;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.instance.UpdateServiceInstanceRequest;

/** OSB, Updating a Service Instance, Body. The previous values are hints, and ignored. */
final class UpdateBody extends UpdateServiceInstanceRequest {
    private final transient JsonBody body;

    private UpdateBody(JsonBody body) {
        super(
                body.text("service_id"),
                null,
                body.text("plan_id"),
                null,
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

    static UpdateBody of(JsonBody body) {
        body.require("service_id");
        body.object("context");
        MaintenanceVersion.requested(body);
        return new UpdateBody(body);
    }

    /** Null if the request had none, as opposed to an empty object. */
    @Nullable
    Map<String, Object> sentParameters() {
        return body.object("parameters");
    }

    /** Null if the request had none. */
    @Nullable
    Map<String, Object> sentContext() {
        return body.object("context");
    }

    /** Null if the request had none. */
    @Nullable
    String maintenanceVersion() {
        return MaintenanceVersion.requested(body);
    }
}
