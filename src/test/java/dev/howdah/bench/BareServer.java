package dev.howdah.bench;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.pki.CertificateAuthority;
import dev.howdah.pki.KeyPairPem;
import dev.howdah.workload.ServerManifests;
import dev.howdah.workload.ServerSecrets;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The floor: the very objects of a server, applied by hand, until its administrator can log in. No broker, no custom resource,
 * no reconciler.
 */
final class BareServer {
    static final String PHASE = "floor: the same objects applied by hand, to the first SQL statement";

    private static final String USER_PASSWORD = "benchmark0123456789benchmark012345";

    private final KubernetesClient kubernetes;
    private final String namespace;
    private final String nodeHost;
    private final WorkloadSettings settings;
    private final CertificateAuthority authority =
            CertificateAuthority.create("benchmark", Clock.systemUTC(), new SecureRandom());

    /** @param nodeHost where node ports answer */
    BareServer(KubernetesClient kubernetes, String namespace, String nodeHost, WorkloadSettings settings) {
        this.kubernetes = kubernetes;
        this.namespace = namespace;
        this.nodeHost = nodeHost;
        this.settings = settings;
    }

    void round(Samples samples, PostgresServerSpec spec) throws InterruptedException {
        PostgresServer server = new PostgresServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("bare-" + UUID.randomUUID())
                .withNamespace(namespace)
                .withUid(UUID.randomUUID().toString())
                .build());
        server.setSpec(spec);
        KeyPairPem leaf = authority.issue(List.of(nodeHost), CertificateAuthority.LEAF_VALIDITY);
        List<HasMetadata> objects = ServerManifests.of(
                        server,
                        new ServerSecrets(
                                USER_PASSWORD, leaf.certificate(), leaf.privateKey(), authority.certificate()),
                        settings)
                .all();
        objects.forEach(object -> object.getMetadata().setOwnerReferences(List.of()));

        Stopwatch total = new Stopwatch();
        for (HasMetadata object : objects) {
            kubernetes
                    .resource(object)
                    .inNamespace(namespace)
                    .fieldManager("bench")
                    .serverSideApply();
        }
        int port = nodePort(objects);
        LocalServer.awaitLogin(LocalServer.url(nodeHost, port, USER_PASSWORD));
        samples.add(PHASE, total.elapsed());

        objects.reversed()
                .forEach(object ->
                        kubernetes.resource(object).inNamespace(namespace).delete());
        String pod = server.getMetadata().getName() + "-0";
        kubernetes
                .pods()
                .inNamespace(namespace)
                .withName(pod)
                .waitUntilCondition((Pod gone) -> gone == null, 2, TimeUnit.MINUTES);
    }

    private int nodePort(List<HasMetadata> objects) {
        String name = objects.stream()
                .filter(object -> object instanceof Service service
                        && "NodePort".equals(service.getSpec().getType()))
                .findFirst()
                .orElseThrow()
                .getMetadata()
                .getName();
        return kubernetes
                .services()
                .inNamespace(namespace)
                .withName(name)
                .waitUntilCondition(
                        service -> service.getSpec().getPorts().getFirst().getNodePort() != null, 1, TimeUnit.MINUTES)
                .getSpec()
                .getPorts()
                .getFirst()
                .getNodePort();
    }
}
