package dev.howdah.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.pki.CertificateAuthority;
import dev.howdah.pki.KeyPairPem;
import dev.howdah.tls.AuthorityStore;
import dev.howdah.workload.ServerManifests;
import dev.howdah.workload.ServerNames;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Hundreds of servers for the price of one: every pod is said to run at the address of one PostgreSQL server, which every admin
 * Secret and every certificate fits. For the broker each is a server of its own, with all of its objects and its own database.
 */
final class RestingServers implements AutoCloseable {
    /** Nothing else of this machine listens on this loopback address. */
    private static final String ADDRESS = "127.77.77.77";

    private static final String PASSWORD = "benchmark0123456789benchmark012345";

    /** All certificates end with their authority, so that the broker sees on each server the one it has issued for it. */
    private static final Duration AUTHORITY_ENDS_IN = Duration.ofDays(200);

    /** Of all the databases that are really there, a server of its own would have one. */
    private static final String OWN_SIZE = """
            SET allow_system_table_mods = on;
            CREATE OR REPLACE FUNCTION pg_catalog.pg_database_size(database oid) RETURNS bigint LANGUAGE sql AS
                $$ SELECT CASE WHEN datname = 'postgres' THEN 8000000 ELSE 0 END FROM pg_catalog.pg_database
                    WHERE pg_database.oid = database $$""";

    private final KubernetesClient kubernetes;
    private final String namespace;
    private final LocalServer server;
    private final SharedIndexInformer<Pod> pods;

    RestingServers(KubernetesClient kubernetes, String namespace) throws IOException, InterruptedException {
        this.kubernetes = kubernetes;
        this.namespace = namespace;
        CertificateAuthority authority = authority();
        KeyPairPem pem = authority.pem();
        secret(
                AuthorityStore.NAME,
                "kubernetes.io/tls",
                Map.of(),
                Map.of("tls.crt", pem.certificate(), "tls.key", pem.privateKey(), "ca.crt", authority.trusted()));
        server = new LocalServer(
                ADDRESS,
                ServerManifests.PORT,
                PASSWORD,
                authority.issue(List.of(ADDRESS), CertificateAuthority.LEAF_VALIDITY),
                Map.of(
                        "fsync", "off",
                        "full_page_writes", "off",
                        "max_connections", "200",
                        "min_wal_size", "64MB",
                        "max_wal_size", "64MB"));
        String url = LocalServer.url(ADDRESS, ServerManifests.PORT, PASSWORD);
        LocalServer.awaitLogin(url);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(OWN_SIZE);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        pods = kubernetes.pods().inNamespace(namespace).inform(new Starter());
    }

    private static CertificateAuthority authority() {
        Clock then = Clock.offset(Clock.systemUTC(), AUTHORITY_ENDS_IN.minus(CertificateAuthority.VALIDITY));
        KeyPairPem pem = CertificateAuthority.create("benchmark", then, new SecureRandom())
                .pem();
        return CertificateAuthority.from(pem, null, Clock.systemUTC(), new SecureRandom());
    }

    /** Has to be called before an instance is asked for: the broker keeps the password that is there. */
    void prepare(String instance) {
        ServerNames names = new ServerNames("pg-" + instance);
        secret(
                names.adminSecret(),
                "kubernetes.io/basic-auth",
                Map.of(ServerManifests.SERVER_LABEL, names.server()),
                Map.of("username", ServerManifests.ADMIN, "password", PASSWORD));
    }

    private void secret(String name, String type, Map<String, String> labels, Map<String, String> data) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .endMetadata()
                .withType(type);
        data.forEach((key, value) -> secret.addToData(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        kubernetes.resource(secret.build()).create();
    }

    /** Does what a kubelet would have written in the end. */
    private final class Starter implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            var container = pod.getSpec().getContainers().getFirst();
            Map<String, Object> status = Map.of(
                    "phase",
                    "Running",
                    "podIP",
                    ADDRESS,
                    "hostIP",
                    ADDRESS,
                    "startTime",
                    now,
                    "conditions",
                    List.of(
                            condition("PodScheduled", now),
                            condition("Initialized", now),
                            condition("ContainersReady", now),
                            condition("Ready", now)),
                    "containerStatuses",
                    List.of(Map.of(
                            "name",
                            container.getName(),
                            "image",
                            String.valueOf(container.getImage()),
                            "imageID",
                            "bench",
                            "containerID",
                            "bench://" + pod.getMetadata().getUid(),
                            "ready",
                            true,
                            "started",
                            true,
                            "restartCount",
                            0,
                            "state",
                            Map.of("running", Map.of("startedAt", now)))));
            kubernetes
                    .resource(pod)
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            kubernetes.getKubernetesSerialization().asJson(Map.of("status", status)));
        }

        private static Map<String, Object> condition(String type, String now) {
            return Map.of("type", type, "status", "True", "lastTransitionTime", now);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {}

        @Override
        public void onDelete(Pod pod, boolean unknown) {}
    }

    @Override
    public void close() {
        pods.close();
        server.close();
    }
}
