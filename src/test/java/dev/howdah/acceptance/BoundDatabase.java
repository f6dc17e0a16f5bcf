package dev.howdah.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.testing.HowdahHarness;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.OsbClient.Answer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One instance of a broker of its own that notices soon what people change, with all that tests ask about its bindings. */
final class BoundDatabase implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String IDS =
            "\"service_id\": \"7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11\", \"plan_id\": \"3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21\"";
    static final String QUERY =
            "service_id=7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11&plan_id=3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21";
    static final String DATABASE = "shop";
    private static final String PATH = "/v2/service_instances/shared";

    final HowdahHarness harness =
            HowdahHarness.with(Map.of("howdah.drift-check", "500ms", "howdah.osb.bind-wait", "1s"));
    final OsbClient osb = harness.osb();

    BoundDatabase() {
        Answer accepted = osb.put(PATH + "?accepts_incomplete=true", """
                {%s, "organization_guid": "o", "space_guid": "s",
                 "parameters": {"database": "%s", "extensions": ["citext"]}}""".formatted(IDS, DATABASE));
        succeeded(osb.awaitOperation(PATH, accepted, PATIENCE));
    }

    Answer update(String parameters) {
        Answer accepted =
                osb.patch(PATH + "?accepts_incomplete=true", "{%s, \"parameters\": %s}".formatted(IDS, parameters));
        return succeeded(osb.awaitOperation(PATH, accepted, PATIENCE));
    }

    static Answer succeeded(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
        assertThat(answer.json().path("state").asString("succeeded"))
                .as(answer.toString())
                .isEqualTo("succeeded");
        return answer;
    }

    static String path(String binding) {
        return PATH + "/service_bindings/" + binding;
    }

    /** The credentials of a new binding. */
    JsonNode bind(String binding) {
        return bind(binding, "").path("credentials");
    }

    /** @param more members of the body, each preceded by a comma */
    JsonNode bind(String binding, String more) {
        return succeeded(osb.put(path(binding), body(more))).json();
    }

    static String body(String more) {
        return "{" + IDS + more + "}";
    }

    Answer unbind(String binding) {
        return osb.delete(path(binding) + "?" + QUERY);
    }

    static String name(String binding) {
        return "pgb-" + binding;
    }

    static String role(String binding) {
        return "b_pgb_" + binding.replace('-', '_');
    }

    /** What a statement says in its first column, at most one row. */
    static String query(JsonNode credentials, String sql) throws SQLException {
        try (Connection connection = connect(credentials)) {
            return query(connection, sql);
        }
    }

    static Connection connect(JsonNode credentials) throws SQLException {
        return DriverManager.getConnection(credentials.path("jdbc_url").asString());
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet rows = statement.getResultSet();
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    static boolean works(JsonNode credentials) {
        try {
            return query(credentials, "SELECT current_user").equals(DATABASE + "_owner");
        } catch (SQLException refused) {
            return false;
        }
    }

    /** The superuser, in a database of the server. */
    Connection admin(String database) throws SQLException {
        PostgresInstance instance = Objects.requireNonNull(find(PostgresInstance.class, "pg-shared"));
        var endpoint = Objects.requireNonNull(instance.getStatus().endpoint());
        Secret admin =
                Objects.requireNonNull(find(Secret.class, instance.getStatus().server() + "-admin"));
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s?sslmode=require".formatted(endpoint.host(), endpoint.port(), database),
                "howdah",
                entry(admin, "password"));
    }

    String asAdmin(String sql) throws SQLException {
        try (Connection admin = admin(DATABASE)) {
            return query(admin, sql);
        }
    }

    int roles(String binding) throws SQLException {
        return Integer.parseInt(asAdmin("SELECT count(*) FROM pg_roles WHERE rolname = '%s'".formatted(role(binding))));
    }

    static String entry(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    <T extends HasMetadata> @Nullable T find(Class<T> kind, String name) {
        return harness.kubernetes()
                .resources(kind)
                .inNamespace(harness.namespace())
                .withName(name)
                .get();
    }

    PostgresBinding binding(String binding) {
        return Objects.requireNonNull(find(PostgresBinding.class, name(binding)));
    }

    /** Whether an Event with this reason is about the binding. */
    boolean hasEvent(String binding, String reason) {
        return harness.kubernetes().v1().events().inNamespace(harness.namespace()).list().getItems().stream()
                .anyMatch(event -> event.getInvolvedObject().getName().equals(name(binding))
                        && event.getReason().equals(reason));
    }

    @Override
    public void close() {
        harness.close();
    }
}
