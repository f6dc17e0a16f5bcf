package dev.howdah.kubernetes;

import dev.howdah.broker.InstanceId;
import dev.howdah.broker.ServiceInstance;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows an instance to its platform. Nothing in it depends on how far the instance has come, so repeated answers agree. */
final class InstanceView {
    private InstanceView() {}

    static ServiceInstance of(PostgresInstance instance) {
        OsbRequest request = instance.getSpec().request();
        if (request == null) {
            throw new IllegalStateException(
                    "Not made by a platform: " + instance.getMetadata().getName());
        }
        return new ServiceInstance(
                new InstanceId(request.id()),
                request.serviceId(),
                request.planId(),
                Json.map(request.parameters()),
                null,
                instance.getSpec().maintenanceVersion(),
                Map.of("howdah.dev/instance", instance.getMetadata().getName()),
                attributes(instance.getSpec().server()));
    }

    private static Map<String, Object> attributes(@Nullable PostgresServerSpec server) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (server != null) {
            attributes.put("version", server.version());
            attributes.put("storage", server.storage().size());
            attributes.put("connections", server.maxConnections());
        }
        return attributes;
    }
}
