package dev.howdah.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the objects of one server, each by its own method. */
final class ServerObjects {

    private final PostgresServer server;
    private final WorkloadSettings settings;
    private final ServerNames names;
    private final ServerMetadata metadata;

    ServerObjects(PostgresServer server, WorkloadSettings settings) {
        this.server = server;
        this.settings = settings;
        this.names = ServerNames.of(server);
        this.metadata = new ServerMetadata(server);
    }

    Secret adminSecret(ServerSecrets secrets) {
        return secret(
                names.adminSecret(),
                "kubernetes.io/basic-auth",
                Map.of("username", ServerManifests.ADMIN, "password", secrets.adminPassword()));
    }

    Secret tlsSecret(ServerSecrets secrets) {
        return secret(
                names.tlsSecret(),
                "kubernetes.io/tls",
                Map.of(
                        "tls.crt", secrets.certificate(),
                        "tls.key", secrets.privateKey(),
                        "ca.crt", secrets.caCertificate()));
    }

    ConfigMap configMap(ConfigurationFiles files) {
        return new ConfigMapBuilder()
                .withMetadata(metadata.named(names.configMap()))
                .withData(files.byName())
                .build();
    }

    /** Not a claim template of the StatefulSet, because those cannot grow. */
    PersistentVolumeClaim volumeClaim() {
        return new PersistentVolumeClaimBuilder()
                .withMetadata(metadata.named(names.persistentVolumeClaim()))
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(server.getSpec().storage().storageClassName())
                .withNewResources()
                .withRequests(Map.of(
                        "storage", new Quantity(server.getSpec().storage().size())))
                .endResources()
                .endSpec()
                .build();
    }

    /** Publishes a pod that is not ready too: with one pod, a client is refused either way, and the first login need not wait for a probe. */
    Service clientService() {
        Exposure exposure = Optional.ofNullable(server.getSpec().exposure()).orElse(Exposure.ClusterIP);
        return service(names.clientService())
                .editSpec()
                .withType(exposure.name())
                .endSpec()
                .build();
    }

    Service headlessService() {
        return service(names.headlessService())
                .editSpec()
                .withType("ClusterIP")
                .withClusterIP("None")
                .endSpec()
                .build();
    }

    StatefulSet statefulSet(ConfigurationFiles files) {
        return new StatefulSetBuilder()
                .withMetadata(metadata.named(names.statefulSet()))
                .withNewSpec()
                .withReplicas(1)
                .withServiceName(names.headlessService())
                .withRevisionHistoryLimit(2)
                // With OrderedReady a pod that never became ready would block its own correction.
                .withPodManagementPolicy("Parallel")
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .endUpdateStrategy()
                .withNewSelector()
                .withMatchLabels(metadata.selector())
                .endSelector()
                .withTemplate(new ServerPod(server, settings).template(files))
                .endSpec()
                .build();
    }

    NetworkPolicy networkPolicy() {
        return new ServerNetworkPolicy(server, settings.networkPolicy()).build();
    }

    private ServiceBuilder service(String name) {
        return new ServiceBuilder()
                .withMetadata(metadata.named(name))
                .withNewSpec()
                .withSelector(metadata.selector())
                .withPublishNotReadyAddresses(true)
                .withPorts(new ServicePortBuilder()
                        .withName("postgresql")
                        .withProtocol("TCP")
                        .withPort(ServerManifests.PORT)
                        .withNewTargetPort(ServerPod.PORT_NAME)
                        .build())
                .endSpec();
    }

    private Secret secret(String name, String type, Map<String, String> content) {
        Map<String, String> data = new TreeMap<>();
        content.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        ObjectMeta named = metadata.named(name);
        return new SecretBuilder()
                .withMetadata(named)
                .withType(type)
                .withData(data)
                .build();
    }
}
