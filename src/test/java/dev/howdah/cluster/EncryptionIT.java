package dev.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ClusterTest
class EncryptionIT {
    private static Cluster cluster;
    private static TestPods pods;
    private static JsonNode credentials;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("encryption", Map.of());
        pods = TestPods.start(cluster);
        cluster.platform().provision("tls", "free", "{}");
        credentials = cluster.platform().bind("tls", "tls-b", "free");
    }

    @AfterAll
    static void stop() {
        pods.close();
        cluster.close();
    }

    @Test
    void aClientWithoutTlsIsRefused() {
        assertThatThrownBy(() -> psql("sslmode=disable", "select 1")).hasMessageContaining("no encryption");
    }

    @Test
    void aClientThatVerifiesEverythingConnectsByTheServicesName() {
        assertThat(psql("sslmode=verify-full sslrootcert=/tmp/ca.crt", "select 'it works'"))
                .contains("it works");
    }

    @Test
    void aCertificateThatIsRenewedIsServedToNewClientsWithoutARestart() {
        String before = serial();
        String incarnation = incarnation();
        cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName("pg-tls-tls")
                .edit(secret -> {
                    secret.getData().put("tls.crt", Base64.getEncoder().encodeToString("damaged".getBytes()));
                    return secret;
                });
        await().atMost(Cluster.PATIENCE)
                .until(() -> !Base64.getEncoder()
                        .encodeToString("damaged".getBytes())
                        .equals(cluster.find(Secret.class, "pg-tls-tls")
                                .getData()
                                .get("tls.crt")));

        await().atMost(Cluster.PATIENCE.multipliedBy(3)).until(() -> !serial().equals(before));

        assertThat(incarnation()).isEqualTo(incarnation);
        assertThat(psql("sslmode=verify-full sslrootcert=/tmp/ca.crt", "select 'it works'"))
                .contains("it works");
    }

    @Test
    void clientsAreLetInByNamespace() {
        NetworkPolicy policy = cluster.find(NetworkPolicy.class, "pg-tls");

        assertThat(policy.getSpec().getPolicyTypes()).contains("Ingress");
        assertThat(policy.getSpec().getPodSelector().getMatchLabels()).containsEntry("howdah.dev/server", "pg-tls");
        assertThat(cluster.server("pg-tls")).isInstanceOf(PostgresServer.class);
    }

    @Test
    void aNamespaceThatEnforcesRestrictedPodsTakesThePod() {
        assertThat(cluster.client()
                        .namespaces()
                        .withName(cluster.namespace())
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(cluster.isReady("pg-tls-0")).isTrue();
    }

    private static String psql(String options, String sql) {
        String host = "pg-tls." + cluster.namespace() + ".svc.cluster.local";
        return pods.inClient("""
                cat > /tmp/ca.crt <<'END'
                %s
                END
                PGPASSWORD='%s' psql -XAt "host=%s port=5432 dbname=%s user=%s %s" -c "%s" 2>&1
                """.formatted(
                text("ca_certificate"), text("password"), host, text("database"), text("username"), options, sql));
    }

    private static String serial() {
        String host = "pg-tls." + cluster.namespace() + ".svc";
        return pods.inClient("openssl s_client -starttls postgres -connect " + host
                + ":5432 </dev/null 2>/dev/null | openssl x509 -noout -serial");
    }

    private static String text(String key) {
        return credentials.path(key).asString("");
    }

    private static String incarnation() {
        return cluster.find(Pod.class, "pg-tls-0")
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getContainerID();
    }
}
