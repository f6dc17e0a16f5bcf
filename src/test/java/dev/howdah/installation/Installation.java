package dev.howdah.installation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The broker that runs in the cluster, seen by an administrator. */
final class Installation implements AutoCloseable {
    static final String KUBECONFIG = "howdah.installation";
    static final String SYSTEM = "howdah-system";
    static final String INSTANCES = "howdah-instances";
    static final String USER = "howdah";
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(new File(System.getProperty(KUBECONFIG))))
            .build();

    KubernetesClient client() {
        return client;
    }

    /** The Service, at its cluster address. The certificate does not have it; {@link Trust} checks it for the Service's name. */
    URI url() {
        String address = client.services()
                .inNamespace(SYSTEM)
                .withName("howdah")
                .get()
                .getSpec()
                .getClusterIP();
        return URI.create("https://" + address);
    }

    Caller caller() {
        return caller(password());
    }

    Caller caller(String password) {
        return new Caller(url(), Trust.in(authority()), USER, password);
    }

    /** The certificate that clients have to trust, PEM. */
    String authority() {
        return entry(INSTANCES, "howdah-api-tls", "ca.crt");
    }

    /** The first one that is good. */
    String password() {
        return entry(SYSTEM, "howdah-users", USER).lines().findFirst().orElseThrow();
    }

    void setPasswords(String... passwords) {
        client.secrets().inNamespace(SYSTEM).withName("howdah-users").edit(secret -> {
            secret.getData()
                    .put(
                            USER,
                            Base64.getEncoder()
                                    .encodeToString(String.join("\n", passwords).getBytes(UTF_8)));
            return secret;
        });
    }

    private String entry(String namespace, String secret, String key) {
        Secret found = client.secrets().inNamespace(namespace).withName(secret).get();
        return new String(Base64.getDecoder().decode(found.getData().get(key)), UTF_8);
    }

    List<Pod> replicas() {
        return client.pods()
                .inNamespace(SYSTEM)
                .withLabel("app.kubernetes.io/name", "howdah")
                .list()
                .getItems();
    }

    /** Names of the pods with the number of their restarts. */
    List<String> incarnations() {
        return replicas().stream()
                .map(pod -> pod.getMetadata().getUid() + " "
                        + pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
                .sorted()
                .toList();
    }

    String log(Pod pod) {
        return client.pods()
                .inNamespace(SYSTEM)
                .withName(pod.getMetadata().getName())
                .getLog();
    }

    /** The pod that reconciles, as its log says. */
    Pod leader() {
        return await().atMost(PATIENCE)
                .until(this::findLeader, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Pod> findLeader() {
        return replicas().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> {
                    try {
                        String log = log(pod);
                        return log.lastIndexOf("\"Reconciling\"") > log.lastIndexOf("\"No longer reconciling\"");
                    } catch (KubernetesClientException startsOrEnds) {
                        return false;
                    }
                })
                .findFirst();
    }

    String leaseHolder() {
        return client.leases()
                .inNamespace(INSTANCES)
                .withName("howdah")
                .get()
                .getSpec()
                .getHolderIdentity();
    }

    void awaitRollout() {
        await().atMost(PATIENCE).until(() -> {
            var deployment = client.apps()
                    .deployments()
                    .inNamespace(SYSTEM)
                    .withName("howdah")
                    .get();
            var status = deployment.getStatus();
            int wished = deployment.getSpec().getReplicas();
            return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
                    && Integer.valueOf(wished).equals(status.getUpdatedReplicas())
                    && Integer.valueOf(wished).equals(status.getAvailableReplicas())
                    && Integer.valueOf(wished).equals(status.getReplicas());
        });
    }

    <T extends HasMetadata> String yaml(Class<T> type) {
        return client.getKubernetesSerialization()
                .asYaml(client.resources(type).inNamespace(INSTANCES).list().getItems());
    }

    @Override
    public void close() {
        client.close();
    }
}
