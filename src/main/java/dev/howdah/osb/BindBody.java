package dev.howdah.osb;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.binding.CreateServiceInstanceBindingRequest;

/** OSB, Binding and Rotating a Service Binding, Body. */
final class BindBody extends CreateServiceInstanceBindingRequest {
    private final transient JsonBody body;

    private BindBody(JsonBody body) {
        super(
                null,
                body.text("service_id"),
                body.text("plan_id"),
                null,
                null,
                null,
                false,
                null,
                body.object("parameters"),
                null,
                null,
                null,
                null,
                null);
        this.body = body;
    }

    static BindBody of(JsonBody body) {
        // A rotation may leave both ids out, for they follow from the predecessor.
        if (body.text("predecessor_binding_id") == null) {
            body.require("service_id", "plan_id");
        } else if (body.text("plan_id") != null) {
            body.require("service_id");
        }
        body.object("context");
        body.text("app_guid");
        JsonBody bindResource = body.body("bind_resource");
        if (bindResource != null) {
            bindResource.text("app_guid");
        }
        return new BindBody(body);
    }

    @Nullable
    String predecessor() {
        return body.text("predecessor_binding_id");
    }

    /** Null if a rotation left it out. */
    @Nullable
    String serviceId() {
        return body.text("service_id");
    }

    /** Null if a rotation left it out. */
    @Nullable
    String sentPlanId() {
        return body.text("plan_id");
    }

    /** Null if the request had none. */
    @Nullable
    Map<String, Object> sentParameters() {
        return body.object("parameters");
    }

    Map<String, Object> sentContext() {
        return Objects.requireNonNullElse(body.object("context"), Map.of());
    }

    /** The bind resource; a top-level app_guid, the older place for it, is moved into it. */
    Map<String, Object> sentBindResource() {
        Map<String, Object> resource =
                new HashMap<>(Objects.requireNonNullElse(body.object("bind_resource"), Map.of()));
        String appGuid = body.text("app_guid");
        if (appGuid != null) {
            resource.putIfAbsent("app_guid", appGuid);
        }
        return resource;
    }
}
