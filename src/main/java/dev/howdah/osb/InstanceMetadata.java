package dev.howdah.osb;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.howdah.broker.ServiceInstance;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.instance.ServiceInstanceMetadata;

/** The library's instance metadata with what OSB 2.17 adds to it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
final class InstanceMetadata extends ServiceInstanceMetadata {
    private final Map<String, Object> attributes;

    private InstanceMetadata(ServiceInstance instance) {
        super(new LinkedHashMap<>(instance.labels()));
        this.attributes = instance.attributes();
    }

    /** Null if there is nothing to say. */
    static @Nullable InstanceMetadata of(ServiceInstance instance) {
        return instance.labels().isEmpty() && instance.attributes().isEmpty() ? null : new InstanceMetadata(instance);
    }

    @JsonProperty
    Map<String, Object> getAttributes() {
        return attributes;
    }
}
