package dev.howdah.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** The names of resources that a platform deleted not long ago. The reconcilers write them; here they are read. */
final class Tombstones {
    /** Data: name of the resource, instant of its deletion (RFC 3339). */
    static final String CONFIG_MAP = "howdah-tombstones";

    private final KubernetesClient client;
    private final String namespace;

    Tombstones(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** @throws dev.howdah.broker.StoreUnavailable if the API server does not answer */
    boolean remember(String name) {
        return ResourceStore.asking(() -> Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(CONFIG_MAP)
                        .get())
                .map(ConfigMap::getData)
                .filter(data -> data.containsKey(name))
                .isPresent());
    }
}
