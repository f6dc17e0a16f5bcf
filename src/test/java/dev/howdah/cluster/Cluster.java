package dev.howdah.cluster;

import static org.awaitility.Awaitility.await;

import dev.howdah.HowdahApplication;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import dev.howdah.testing.OsbClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The broker of this JVM on the cluster that {@value #KUBECONFIG} names, with a namespace of its own that enforces restricted
 * pods. Servers are published on node ports of {@value #NODE_HOST}; the cluster has Howdah's resource definitions already.
 */
final class Cluster implements AutoCloseable {
    static final String KUBECONFIG = "howdah.cluster.kubeconfig";
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String NODE_HOST = "howdah.cluster.node-host";
    private static final String IMAGE = "howdah.cluster.image";
    private static final String NAMESPACE = "howdah.cluster.namespace";
    private static final String PASSWORD = "howdah";

    private final KubernetesClient client;
    private final String namespace;
    private final ConfigurableApplicationContext broker;

    private Cluster(KubernetesClient client, String namespace, Map<String, String> properties) {
        this.client = client;
        this.namespace = namespace;
        this.broker = startBroker(properties);
    }

    /** @param name tells namespaces of different classes apart */
    static Cluster start(String name, Map<String, String> properties) {
        Config config = Config.fromKubeconfig(new File(System.getProperty(KUBECONFIG)));
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        String namespace = System.getProperty(NAMESPACE, "howdah-cluster-test") + "-" + name;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .serverSideApply();
        await().atMost(PATIENCE)
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
        return new Cluster(client, namespace, properties);
    }

    static String image(String version) {
        return System.getProperty(IMAGE, "docker.io/library/postgres:{version}").replace("{version}", version);
    }

    private ConfigurableApplicationContext startBroker(Map<String, String> properties) {
        ApplicationContextInitializer<GenericApplicationContext> onCluster = context -> context.registerBean(
                "kubernetesClient",
                KubernetesClient.class,
                () -> new KubernetesClientBuilder()
                        .withConfig(client.getConfiguration())
                        .build());
        return new SpringApplicationBuilder(HowdahApplication.class)
                .profiles("cluster")
                .initializers(onCluster)
                .run(Stream.concat(ownProperties().entrySet().stream(), properties.entrySet().stream())
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    private Map<String, String> ownProperties() {
        return Map.of(
                "server.port",
                "0",
                "server.address",
                "127.0.0.1",
                "howdah.security.users.howdah",
                PASSWORD,
                "howdah.namespace",
                namespace,
                "howdah.exposure.type",
                "NodePort",
                "howdah.workload.node-host",
                System.getProperty(NODE_HOST, "127.0.0.1"),
                "howdah.catalog.image",
                image("{version}"),
                "howdah.leader-election.enabled",
                "false");
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    OsbClient osb() {
        String port = broker.getEnvironment().getRequiredProperty("local.server.port");
        return OsbClient.of(URI.create("http://127.0.0.1:" + port), "howdah", PASSWORD);
    }

    Platform platform() {
        return new Platform(osb());
    }

    PostgresInstance instance(String name) {
        return Objects.requireNonNull(find(PostgresInstance.class, name));
    }

    PostgresServer server(String name) {
        return Objects.requireNonNull(find(PostgresServer.class, name));
    }

    /** @return null if there is none */
    <T extends HasMetadata> T find(Class<T> kind, String name) {
        return client.resources(kind).inNamespace(namespace).withName(name).get();
    }

    boolean isReady(String pod) {
        Pod found = find(Pod.class, pod);
        return found != null
                && found.getMetadata().getDeletionTimestamp() == null
                && found.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /** What a shell command in the pod's container wrote; fails when the command does. */
    String run(String namespace, String pod, String... command) {
        return Shell.run(client, namespace, pod, command);
    }

    @Override
    public void close() {
        client.resources(PostgresInstance.class).inNamespace(namespace).delete();
        await().atMost(PATIENCE)
                .until(() -> client.resources(PostgresInstance.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty());
        broker.close();
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    /** Applies a claim of one GiB. */
    void claimOneGibibyte(String name, Map<String, String> labels) {
        client.resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .withRequests(Map.of("storage", new Quantity("1Gi")))
                        .endResources()
                        .endSpec()
                        .build())
                .serverSideApply();
    }
}
