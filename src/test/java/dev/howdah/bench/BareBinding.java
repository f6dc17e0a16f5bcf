package dev.howdah.bench;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresBindingStatus.SecretReference;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.workload.ServerManifests;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postgresql.util.PasswordUtil;
import tools.jackson.databind.JsonNode;

/**
 * The floor of a binding: what it writes to the API server, one TLS connection and its SQL, one after the other by a
 * straight-line program. Its resources are in a namespace that no reconciler watches.
 */
final class BareBinding {
    static final String BIND = "floor of bind: the same writes, connection and SQL";
    static final String UNBIND = "floor of unbind: the same writes, connection and SQL";

    private static final String NAMESPACE = "howdah-bench";
    private static final String PASSWORD = "benchmark0123456789benchmark0123456789ab";

    private final KubernetesClient kubernetes;
    private final String instances;

    /** @param instances the namespace of the broker's instances */
    BareBinding(KubernetesClient kubernetes, String instances) {
        this.kubernetes = kubernetes;
        this.instances = instances;
        if (kubernetes.namespaces().withName(NAMESPACE).get() == null) {
            kubernetes
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    /** @param credentials of a binding of the instance, for its host, port and database */
    void round(Samples samples, String instance, JsonNode credentials) throws SQLException {
        String url = adminUrl(instance, credentials);
        String database = credentials.path("database").asString();
        String owner = database + "_owner";
        String role = "bare_" + UUID.randomUUID().toString().replace('-', '_');

        Stopwatch bind = new Stopwatch();
        PostgresBinding binding = kubernetes.resource(binding(role)).create();
        Secret secret = kubernetes.resource(secret(binding, credentials)).create();
        run(url, List.of("""
                CREATE ROLE %1$s LOGIN PASSWORD '%4$s' IN ROLE "%2$s"; COMMENT ON ROLE %1$s IS 'benchmark';
                ALTER ROLE %1$s IN DATABASE "%3$s" SET role = "%2$s";
                ALTER ROLE %1$s IN DATABASE "%3$s" SET lo_compat_privileges = on""".formatted(role, owner, database, PasswordUtil.encodeScramSha256(PASSWORD.toCharArray()))));
        binding.setStatus(new PostgresBindingStatus(
                PostgresBindingStatus.Phase.Ready,
                1L,
                List.of(),
                role,
                new SecretReference(secret.getMetadata().getName()),
                null));
        PostgresBinding bound = kubernetes.resource(binding).updateStatus();
        samples.add(BIND, bind.elapsed());

        Stopwatch unbind = new Stopwatch();
        kubernetes.resource(bound).delete();
        run(
                url,
                List.of(
                        "ALTER ROLE %s NOLOGIN".formatted(role),
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'".formatted(role),
                        "REASSIGN OWNED BY %1$s TO \"%2$s\"; DROP OWNED BY %1$s".formatted(role, owner),
                        "DROP ROLE %s".formatted(role)));
        kubernetes.resource(secret).delete();
        kubernetes
                .resource(bound)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
        samples.add(UNBIND, unbind.elapsed());
    }

    private String adminUrl(String instance, JsonNode credentials) {
        String server = kubernetes
                .resources(PostgresInstance.class)
                .inNamespace(instances)
                .withName("pg-" + instance)
                .get()
                .getStatus()
                .server();
        String password = kubernetes
                .secrets()
                .inNamespace(instances)
                .withName(server + "-admin")
                .get()
                .getData()
                .get("password");
        return "jdbc:postgresql://%s:%s/%s?user=%s&password=%s&sslmode=require&preferQueryMode=simple"
                .formatted(
                        credentials.path("host").asString(),
                        credentials.path("port").asString(),
                        credentials.path("database").asString(),
                        ServerManifests.ADMIN,
                        new String(Base64.getDecoder().decode(password), StandardCharsets.UTF_8));
    }

    private static PostgresBinding binding(String role) {
        PostgresBinding binding = new PostgresBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withName(role.replace('_', '-'))
                .withNamespace(NAMESPACE)
                .addToFinalizers(PostgresBinding.FINALIZER)
                .build());
        binding.setSpec(new PostgresBindingSpec("bench", null, null, null, null, null, null, null, null));
        return binding;
    }

    private static Secret secret(PostgresBinding binding, JsonNode credentials) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(binding.getMetadata().getName())
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withType("servicebinding.io/postgresql")
                .withStringData(Map.of(
                        "password",
                        PASSWORD,
                        "ca_certificate",
                        credentials.path("ca_certificate").asString()))
                .build();
    }

    private static void run(String url, List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
