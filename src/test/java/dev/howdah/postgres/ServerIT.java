package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.column;
import static dev.howdah.postgres.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.howdah.pki.LeafCertificate;
import dev.howdah.testing.PostgresServerFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What is about the server as a whole, on one that may be configured, stopped and started. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerIT {
    private static final PostgresServers SERVERS = TestDatabase.SERVERS;
    private static final String PASSWORD = "correcthorsebatterystaplecorrecthorse";
    private static final String SESSIONS =
            "SELECT pid::text FROM pg_stat_activity WHERE application_name = 'howdah' AND datname = '%s'";
    private static PostgresServerFixture server;

    @BeforeAll
    static void started() {
        server = PostgresServerFixture.start();
    }

    @AfterAll
    static void closed() {
        server.close();
    }

    private static ServerAddress address() {
        return address(server.password(), server.certificate());
    }

    private static ServerAddress address(String password, @Nullable String authority) {
        return new ServerAddress(server.host(), server.port(), server.superuser(), password, authority);
    }

    @Test
    void acceptsWhoHasThePasswordAndTheAuthority() {
        assertThat(SERVERS.probe(address()))
                .isInstanceOfSatisfying(
                        Reachability.Accepting.class,
                        accepting -> assertThat(accepting.version()).matches("\\d+\\.\\d+"));
        assertThat(SERVERS.probe(address(server.password(), null))).isInstanceOf(Reachability.Accepting.class);
    }

    @Test
    void whoHasWaitedForItNeedNoOtherLoginForADatabase() throws SQLException {
        DatabaseName database = new DatabaseName("awaited");
        PostgresServers servers = keepingSessions();

        assertThat(servers.await(address(), Duration.ZERO)).isInstanceOf(Reachability.Accepting.class);

        try (Connection client = server.connect()) {
            awaitSessions(client, "postgres", 1);
            withoutLogins(
                    client,
                    () -> assertThatThrownBy(
                                    () -> servers.makeDatabase(address(), new DatabaseSpec(database, List.of())))
                            .as("the roles and the database are made in the kept session, the rest needs one in it")
                            .isInstanceOf(PostgresException.class));
            assertThat(column(client, "SELECT datname FROM pg_database WHERE datname = 'awaited'"))
                    .containsExactly("awaited");
            awaitSessions(client, "postgres", 0);
        }
        SERVERS.dropDatabase(address(), database);
    }

    @Test
    void whoHasMadeADatabaseNeedsNoOtherLoginForABinding() throws SQLException {
        DatabaseName database = new DatabaseName("made");
        PostgresServers servers = keepingSessions();

        assertThat(servers.makeDatabase(address(), new DatabaseSpec(database, List.of())))
                .isTrue();

        try (Connection client = server.connect()) {
            withoutLogins(client, () -> servers.ensureLoginRole(address(), binding(database, "bound")));
            assertThat(column(client, "SELECT rolname FROM pg_roles WHERE rolname = 'bound' AND rolcanlogin"))
                    .containsExactly("bound");
            awaitSessions(client, "made", 0);
        }
        SERVERS.dropDatabase(address(), database);
    }

    @Test
    void aKeptSessionThatHasDiedIsNotUsed() throws SQLException {
        DatabaseName database = new DatabaseName("interrupted");
        PostgresServers servers = keepingSessions();
        servers.makeDatabase(address(), new DatabaseSpec(database, List.of()));

        try (Connection client = server.connect()) {
            assertThat(
                            column(
                                    client,
                                    "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = 'interrupted'"))
                    .containsExactly("t");
            servers.ensureLoginRole(address(), binding(database, "bound_later"));
            assertThat(column(client, "SELECT rolname FROM pg_roles WHERE rolname = 'bound_later'"))
                    .containsExactly("bound_later");
        }
        SERVERS.dropDatabase(address(), database);
    }

    @Test
    void isWaitedForWhileNobodyListens() throws Exception {
        try (PostgresServerFixture late = PostgresServerFixture.start()) {
            ServerAddress place =
                    new ServerAddress(late.host(), late.port(), late.superuser(), late.password(), late.certificate());
            late.stop();
            assertThat(SERVERS.await(place, Duration.ZERO)).isInstanceOf(Reachability.Unreachable.class);

            CompletableFuture<Reachability> found =
                    CompletableFuture.supplyAsync(() -> SERVERS.await(place, Duration.ofMinutes(1)));
            late.restart();
            assertThat(found.get(2, TimeUnit.MINUTES)).isInstanceOf(Reachability.Accepting.class);
        }
    }

    /** As in production, but for longer than a busy machine may take. */
    private static PostgresServers keepingSessions() {
        return new DefaultPostgresServers(PostgresProperties.defaults(), Duration.ofMinutes(1));
    }

    /** Whoever has no session then gets none. */
    private static void withoutLogins(Connection client, Runnable work) throws SQLException {
        run(client, "ALTER ROLE %s NOLOGIN".formatted(server.superuser()));
        try {
            work.run();
        } finally {
            run(client, "ALTER ROLE %s LOGIN".formatted(server.superuser()));
        }
    }

    private static LoginRole binding(DatabaseName database, String name) {
        return new LoginRole(
                new RoleName(name),
                database,
                Access.READ_WRITE,
                () -> "0123456789abcdefghijklmnopqrstuv",
                null,
                null,
                null,
                null);
    }

    @Test
    void aKeptSessionThatNobodyTakesEnds() throws SQLException {
        SERVERS.await(address(), Duration.ZERO);

        try (Connection client = server.connect()) {
            awaitSessions(client, "postgres", 0);
        }
        assertThat(SERVERS.makeDatabase(address(), new DatabaseSpec(new DatabaseName("later_made"), List.of())))
                .isTrue();
    }

    /** A session that was closed takes a moment to end. */
    private static void awaitSessions(Connection client, String database, int number) throws SQLException {
        Instant end = Instant.now().plusSeconds(30);
        while (column(client, SESSIONS.formatted(database)).size() != number) {
            assertThat(Instant.now()).as("until there are %s sessions", number).isBefore(end);
        }
    }

    @Test
    void refusesAWrongPasswordWithoutSayingIt() {
        assertThat(SERVERS.probe(address("not-the-password", server.certificate())))
                .isInstanceOfSatisfying(
                        Reachability.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("password authentication failed")
                                .doesNotContain("not-the-password"));
    }

    @Test
    void isRefusedItselfWhenAnotherAuthoritySignedItsCertificate() {
        String stranger = TestDatabase.SERVER.certificate();

        assertThat(SERVERS.probe(address(server.password(), stranger))).isInstanceOf(Reachability.Refused.class);
        assertThatThrownBy(() -> SERVERS.checkpoint(address(server.password(), stranger)))
                .isInstanceOf(ServerUnavailableException.class);
    }

    @Test
    void isUnreachableWhereNobodyListens() {
        ServerAddress nowhere = new ServerAddress("127.0.0.1", 1, "postgres", "secret", null);

        assertThat(SERVERS.probe(nowhere)).isInstanceOf(Reachability.Unreachable.class);
        assertThat(SERVERS.probe(new ServerAddress("no-such-host.invalid", 5432, "postgres", "secret", null)))
                .isInstanceOf(Reachability.Unreachable.class);
        assertThatThrownBy(() -> SERVERS.facts(nowhere)).isInstanceOf(ServerUnavailableException.class);
    }

    @Test
    void knowsNobodyOfAnotherServer() {
        try (TestDatabase elsewhere = new TestDatabase()) {
            LoginRole stranger = elsewhere.bind("stranger");

            assertThatThrownBy(() -> server.connect(
                            elsewhere.name.value(),
                            stranger.name().value(),
                            stranger.password().get()))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void saysWhatItIs() throws SQLException {
        try (Connection client = server.connect()) {
            ServerFacts facts = SERVERS.facts(address());

            assertThat(facts.version())
                    .isEqualTo(column(client, "SHOW server_version").getFirst().split(" ")[0]);
            assertThat(facts.connections()).isPositive().isLessThan(facts.maxConnections());
            assertThat(facts.bytes()).isGreaterThan(10_000_000);
            assertThat(facts.inRecovery()).isFalse();
            LeafCertificate own = LeafCertificate.parse(server.certificate());
            assertThat(facts.certificate()).isNotNull();
            assertThat(facts.certificate().notAfter()).isEqualTo(own.validUntil());
            assertThat(SERVERS.facts(address(server.password(), null)).certificate())
                    .as("of a connection without TLS")
                    .isNull();
        }
    }

    @Test
    void takesSettingsIntoForceOnceAndWritesThemOnce() throws SQLException {
        assertThat(changedBy(Map.of("work_mem", "5MB", "log_min_duration_statement", "1s")))
                .containsExactlyInAnyOrder("work_mem", "log_min_duration_statement");
        assertThat(changedBy(Map.of("work_mem", "5MB"))).isEmpty();

        try (Connection client = server.connect()) {
            assertThat(column(client, "SHOW work_mem")).containsExactly("5MB");
        }
    }

    @Test
    void writesNoSettingWhenOneOfThemCannotBe() {
        for (Map<String, String> wrong : List.of(
                Map.of("autovacuum_naptime", "61s", "work_mem", "much"),
                Map.of("autovacuum_naptime", "61s", "no_such_setting", "1"),
                Map.of("autovacuum_naptime", "61s", "x = 1; DROP", "1"))) {
            assertThatThrownBy(() -> SERVERS.applySettings(address(), wrong)).isInstanceOf(RejectedException.class);
        }

        assertThat(changedBy(Map.of("autovacuum_naptime", "61s"))).containsExactly("autovacuum_naptime");
    }

    // A setting of the server's command line that postgresql.conf has otherwise counts as waiting for a restart.
    private static Set<String> changedBy(Map<String, String> settings) {
        return switch (SERVERS.applySettings(address(), settings)) {
            case ReloadOutcome.Unchanged() -> Set.of();
            case ReloadOutcome.InForce(Set<String> changed) -> changed;
            case ReloadOutcome.NeedsRestart(Set<String> changed, Set<String> waiting) -> changed;
        };
    }

    @Test
    void keepsPasswordsAndVerifiersOutOfItsLog() throws SQLException {
        try (Connection admin = server.connect()) {
            String data = column(admin, "SHOW data_directory").getFirst();
            String read = "SELECT pg_read_file('%s/../log')".formatted(data);
            assumeThat(column(admin, "SELECT (pg_stat_file('%s/../log', true)).size IS NOT NULL".formatted(data)))
                    .containsExactly("t");
            SERVERS.applySettings(
                    address(), Map.of("log_statement", "all", "log_min_duration_statement", "0", "log_duration", "on"));
            DatabaseName database = new DatabaseName("quiet");
            LoginRole role = new LoginRole(
                    new RoleName("quiet_b"), database, Access.READ_WRITE, () -> PASSWORD, null, null, null, null);
            LoginRole other =
                    new LoginRole(role.name(), database, role.access(), () -> PASSWORD + "2", null, null, null, null);
            SERVERS.ensureDatabase(address(), new DatabaseSpec(database, List.of()));

            SERVERS.ensureLoginRole(address(), role);
            SERVERS.ensureLoginRole(address(), other);

            String log = column(admin, read).getFirst();
            assertThat(log).contains("CREATE ROLE \"quiet_b\"").doesNotContain(PASSWORD);
            assertThat(log).doesNotContain("SCRAM-SHA-256$");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void saysWhichSettingsWaitForARestart() {
        assertThat(SERVERS.applySettings(address(), Map.of("max_worker_processes", "11")))
                .isInstanceOfSatisfying(ReloadOutcome.NeedsRestart.class, outcome -> {
                    assertThat(outcome.changed()).containsExactly("max_worker_processes");
                    assertThat(outcome.waiting()).contains("max_worker_processes");
                });

        assertThat(SERVERS.facts(address()).pendingRestart()).contains("max_worker_processes");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void unbindingWhileItIsDownConvergesWhenItIsBack() throws SQLException {
        DatabaseName database = new DatabaseName("later");
        LoginRole role = new LoginRole(
                new RoleName("later_b"), database, Access.READ_WRITE, () -> PASSWORD, null, null, null, null);
        SERVERS.ensureDatabase(address(), new DatabaseSpec(database, List.of()));
        SERVERS.ensureLoginRole(address(), role);
        try (Connection client = server.connect("later", "later_b", PASSWORD)) {
            run(client, "CREATE TABLE t (id int)");
        }
        SERVERS.checkpoint(address());
        SERVERS.reload(address());

        server.kill();

        assertThat(SERVERS.probe(address())).isInstanceOf(Reachability.Unreachable.class);
        assertThatThrownBy(() -> SERVERS.dropLoginRole(address(), role.name(), database))
                .isInstanceOf(ServerUnavailableException.class);

        server.restart();

        assertThat(SERVERS.dropLoginRole(address(), role.name(), database)).isInstanceOf(DropOutcome.Dropped.class);
        assertThat(SERVERS.loginRoles(address(), database)).isEmpty();
    }
}
