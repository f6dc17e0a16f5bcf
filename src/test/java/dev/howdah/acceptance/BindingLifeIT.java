package dev.howdah.acceptance;

import static dev.howdah.acceptance.BoundDatabase.DATABASE;
import static dev.howdah.acceptance.BoundDatabase.PATIENCE;
import static dev.howdah.acceptance.BoundDatabase.QUERY;
import static dev.howdah.acceptance.BoundDatabase.body;
import static dev.howdah.acceptance.BoundDatabase.connect;
import static dev.howdah.acceptance.BoundDatabase.entry;
import static dev.howdah.acceptance.BoundDatabase.name;
import static dev.howdah.acceptance.BoundDatabase.path;
import static dev.howdah.acceptance.BoundDatabase.query;
import static dev.howdah.acceptance.BoundDatabase.role;
import static dev.howdah.acceptance.BoundDatabase.succeeded;
import static dev.howdah.acceptance.BoundDatabase.works;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import dev.howdah.crd.PostgresBindingStatus.Phase;
import dev.howdah.testing.HowdahHarness;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.OsbClient.Answer;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What happens to credentials between their making and their end, seen over HTTP and by their users. */
class BindingLifeIT {
    @SuppressWarnings("NullAway.Init")
    private static BoundDatabase database;

    @BeforeAll
    static void anInstance() {
        database = new BoundDatabase();
    }

    @AfterAll
    static void closed() {
        database.close();
    }

    @Test
    void theDatabaseHasTheNameThatWasAskedForAndItsExtensionsGrow() throws SQLException {
        JsonNode credentials = database.bind("named");
        assertThat(credentials.path("database").asString()).isEqualTo(DATABASE);
        assertThat(query(credentials, "SELECT 'A'::citext = 'a'")).isEqualTo("t");

        database.update("{\"extensions\": [\"hstore\"]}");

        assertThat(query(credentials, "SELECT count(*) FROM pg_extension WHERE extname IN ('citext', 'hstore')"))
                .isEqualTo("2");
    }

    @Test
    void theAnswerNamesTheEndpointAndTheServerAdmitsThePlatformsNamespace() {
        JsonNode answer = database.bind(
                "named-space",
                ", \"context\": {\"platform\": \"kubernetes\", \"namespace\": \"team-a\", \"clusterid\": \"c\"}");

        JsonNode endpoint = answer.at("/endpoints/0");
        assertThat(endpoint.path("host").asString())
                .isEqualTo(answer.at("/credentials/host").asString());
        assertThat(endpoint.at("/ports/0").asString())
                .isEqualTo(answer.at("/credentials/port").asString());
        await().atMost(PATIENCE).until(() -> admits("team-a"));

        succeeded(database.unbind("named-space"));

        await().atMost(PATIENCE).until(() -> !admits("team-a"));
    }

    private static boolean admits(String namespace) {
        return database
                .harness
                .kubernetes()
                .resources(NetworkPolicy.class)
                .inNamespace(database.harness.namespace())
                .list()
                .getItems()
                .stream()
                .anyMatch(policy -> policy.getSpec().toString().contains(namespace));
    }

    @Test
    void aBindingThatExpiresSaysSoInAdvanceAndIsSwitchedOffThen() throws SQLException {
        JsonNode metadata = database.bind("dated", ", \"parameters\": {\"expires_after\": \"PT1H\"}")
                .path("metadata");
        assertThat(metadata.path("expires_at").asString()).endsWith("Z");
        assertThat(metadata.path("renew_before").asString()).endsWith("Z");
        assertThat(database.asAdmin(
                        "SELECT rolvaliduntil BETWEEN now() + '50 min' AND now() + '1 h' FROM pg_roles WHERE rolname = '%s'"
                                .formatted(role("dated"))))
                .isEqualTo("t");

        JsonNode brief = database.bind("brief");
        try (Connection client = connect(brief)) {
            database.harness.kubernetes().resource(database.binding("brief")).edit(BindingLifeIT::expired);
            await().atMost(PATIENCE)
                    .until(() -> database.binding("brief").getStatus().phase() == Phase.Expired);

            assertThatThrownBy(() -> query(client, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> connect(brief)).isInstanceOf(SQLException.class);
        assertThat(database.asAdmin("SELECT rolcanlogin FROM pg_roles WHERE rolname = '%s'".formatted(role("brief"))))
                .isEqualTo("f");
        await().atMost(PATIENCE).until(() -> database.hasEvent("brief", "Expired"));
        assertThat(database.harness
                        .context()
                        .getBean(io.micrometer.core.instrument.MeterRegistry.class)
                        .get("howdah.bindings.renewal.due")
                        .gauge()
                        .value())
                .isZero();
    }

    /** Nobody gets less than a minute over HTTP; a person may write what they like. */
    private static PostgresBinding expired(PostgresBinding binding) {
        PostgresBindingSpec old = binding.getSpec();
        binding.setSpec(new PostgresBindingSpec(
                old.instanceRef(),
                old.access(),
                old.connectionLimit(),
                old.statementTimeout(),
                old.searchPath(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                old.predecessor(),
                old.clientNamespace(),
                old.request()));
        return binding;
    }

    @Test
    void aSuccessorAndItsPredecessorBothWorkUntilTheOlderOneIsDeleted() {
        JsonNode former = database.bind("former");

        JsonNode successor = succeeded(database.osb.put(path("successor"), "{\"predecessor_binding_id\": \"former\"}"))
                .json()
                .path("credentials");

        assertThat(successor.path("username")).isNotEqualTo(former.path("username"));
        assertThat(works(former)).isTrue();
        assertThat(works(successor)).isTrue();

        succeeded(database.unbind("former"));

        assertThat(works(former)).isFalse();
        assertThat(works(successor)).isTrue();
        assertThat(database.unbind("former").status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP OWNED BY {role}; DROP ROLE {role}",
                "REVOKE shop_owner FROM {role}",
                "ALTER ROLE {role} IN DATABASE shop RESET role",
                "ALTER ROLE {role} PASSWORD 'changed by hand'",
                "ALTER ROLE {role} NOLOGIN"
            })
    void whatAPersonTookFromARoleIsPutBack(String change) throws SQLException {
        JsonNode credentials = database.bind("drift");

        database.asAdmin(change.replace("{role}", role("drift")));

        await().atMost(PATIENCE).until(() -> works(credentials));
    }

    @Test
    void aGrantThatAPersonTookFromTheDatabaseIsPutBack() throws SQLException {
        JsonNode credentials = database.bind("drift");

        database.asAdmin("REVOKE CONNECT ON DATABASE shop FROM shop_owner; DROP EVENT TRIGGER howdah_keep_ownership");

        await().atMost(PATIENCE).until(() -> works(credentials));
        await().atMost(PATIENCE)
                .until(() -> database.asAdmin("SELECT count(*) FROM pg_event_trigger")
                        .equals("1"));
    }

    @Test
    void aSecretThatAPersonDeletedComesBackWithAnotherPassword() {
        JsonNode before = database.bind("lost");

        database.harness
                .kubernetes()
                .resource(Objects.requireNonNull(database.find(Secret.class, name("lost"))))
                .delete();

        await().atMost(PATIENCE)
                .until(() -> !works(before) && database.osb.get(path("lost")).status() == 200);
        JsonNode after = database.osb.get(path("lost")).json().path("credentials");
        assertThat(after.path("username")).isEqualTo(before.path("username"));
        await().atMost(PATIENCE).until(() -> works(after));
        await().atMost(PATIENCE).until(() -> database.hasEvent("lost", "CredentialsRotated"));
    }

    @Test
    void anInstanceWithAnotherOnesDataGetsItsRolesAgain() throws SQLException {
        JsonNode credentials = database.bind("restored");
        try (Connection admin = database.admin("postgres")) {
            query(admin, "DROP DATABASE shop WITH (FORCE)");
            query(
                    admin,
                    "DO $$ DECLARE r text; BEGIN FOR r IN SELECT rolname FROM pg_roles WHERE rolname ~ '^(b_|shop_)' LOOP EXECUTE 'DROP ROLE ' || r; END LOOP; END $$");
            query(admin, "CREATE DATABASE shop");
        }

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> query(credentials, "SELECT 'A'::citext = 'a'").equals("t"));
    }

    @Test
    void aBindingThatIsAskedForAgainAndAgainByTwoReplicasIsOne() throws Exception {
        try (HowdahHarness second = HowdahHarness.with(
                Map.of("howdah.namespace", database.harness.namespace(), "howdah.osb.bind-wait", "1s"))) {
            Callable<Answer> here = () -> database.osb.put(path("many"), body(""));
            OsbClient other = second.osb();
            Callable<Answer> there = () -> other.put(path("many"), body(""));
            List<Answer> answers;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                answers =
                        threads
                                .invokeAll(Stream.of(here, there, here, there, here, there, here, there)
                                        .toList())
                                .stream()
                                .map(Future::resultNow)
                                .toList();
            }

            assertThat(answers)
                    .extracting(Answer::status)
                    .containsOnly(200, 201)
                    .containsOnlyOnce(201);
            assertThat(answers)
                    .extracting(Answer::body)
                    .containsOnly(other.put(path("many"), body("")).body());
        }
        assertThat(works(database.bind("many"))).isTrue();
        assertThat(database.roles("many")).isEqualTo(1);
    }

    @Test
    void aBindThatIsKilledBetweenSecretAndRoleGoesOnWithTheSecretsPassword() throws SQLException {
        String name = name("killed");
        CompletableFuture<Answer> asked;
        try (Connection admin = database.admin(DATABASE)) {
            query(admin, "SELECT pg_advisory_lock(x'686f77646168'::bigint)"); // nobody writes roles while it is held
            asked = CompletableFuture.supplyAsync(
                    () -> database.osb.put(path("killed") + "?accepts_incomplete=true", body("")));
            await().atMost(PATIENCE).until(() -> database.find(Secret.class, name) != null);
            assertThat(database.roles("killed")).isZero();
            database.harness.stopBroker();
            query(
                    admin,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'howdah'");
        }
        asked.join();
        String password = entry(Objects.requireNonNull(database.find(Secret.class, name)), "password");
        assertThat(database.roles("killed")).isZero();

        database.harness.startBroker();

        await().atMost(PATIENCE)
                .until(() -> database.binding("killed").getStatus().phase() == Phase.Ready);
        JsonNode credentials = database.bind("killed");
        assertThat(credentials.path("password").asString()).isEqualTo(password);
        assertThat(works(credentials)).isTrue();
        assertThat(database.roles("killed")).isEqualTo(1);
    }

    @Test
    void anUnbindWhileTheServerIsDownSaysWhyItWaitsAndEndsWhenItIsBack() throws Exception {
        JsonNode credentials = database.bind("late");
        String postmaster = database.asAdmin("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
        signal("STOP", postmaster);
        Answer accepted;
        try {
            accepted = database.osb.delete(path("late") + "?accepts_incomplete=true&" + QUERY);
            assertThat(accepted.status()).isEqualTo(202);
            String poll = path("late") + "/last_operation?operation="
                    + accepted.json().path("operation").asString();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(database.osb.get(poll).body())
                            .contains("\"in progress\"", "the role cannot be dropped yet"));
        } finally {
            signal("CONT", postmaster);
        }

        succeeded(database.osb.awaitOperation(path("late"), accepted, PATIENCE));

        assertThat(works(credentials)).isFalse();
        assertThat(database.roles("late")).isZero();
        assertThat(database.unbind("late").status()).isEqualTo(410);
    }

    private static void signal(String signal, String process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor())
                .isZero();
    }
}
