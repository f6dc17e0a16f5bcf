package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.ADDRESS;
import static dev.howdah.postgres.TestDatabase.SERVER;
import static dev.howdah.postgres.TestDatabase.SERVERS;
import static dev.howdah.postgres.TestDatabase.column;
import static dev.howdah.postgres.TestDatabase.refusal;
import static dev.howdah.postgres.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unbinding ends in bounded time, loses nothing, and can be repeated from wherever it stopped. */
class UnbindIT {
    private static final DropOutcome DROPPED = new DropOutcome.Dropped();

    private TestDatabase database;
    private LoginRole leaving;
    private LoginRole staying;

    @BeforeEach
    void twoBindings() {
        database = new TestDatabase();
        leaving = database.bind("leaving");
        staying = database.bind("staying");
    }

    @AfterEach
    void dropped() {
        database.close();
    }

    @Test
    void endsFiftySessionsOfTheRoleAndNoOther() throws SQLException {
        List<Connection> open = new ArrayList<>();
        try (Connection other = database.login(staying)) {
            for (int count = 0; count < 50; count++) {
                open.add(database.login(leaving));
            }
            run(open.getFirst(), "CREATE TABLE t (id int)", "BEGIN", "LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
            run(other, "BEGIN", "CREATE TABLE u (id int)");

            assertThat(database.unbind(leaving)).isEqualTo(DROPPED);

            run(other, "INSERT INTO u VALUES (1)", "COMMIT", "SELECT * FROM t");
            assertThat(refusal(() -> run(open.getLast(), "SELECT 1")).sqlState())
                    .startsWith("57P");
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
        assertThat(database.unbind(leaving)).isEqualTo(new DropOutcome.AlreadyAbsent());
    }

    @Test
    void waitsForALockThatAnotherBindingHoldsAndLosesNothing() throws SQLException {
        ownTables(leaving, 3);
        try (Connection other = database.login(staying)) {
            run(other, "BEGIN", "LOCK TABLE owned_2 IN ACCESS EXCLUSIVE MODE", "INSERT INTO owned_2 VALUES (2)");

            assertThat(database.unbind(leaving))
                    .isInstanceOfSatisfying(
                            DropOutcome.Blocked.class,
                            blocked -> assertThat(blocked.why())
                                    .contains("locked by session")
                                    .contains(staying.name().value())
                                    .contains("idle in transaction"));
            assertThat(refusal(() -> database.login(leaving)).message()).contains("not permitted to log in");

            run(other, "COMMIT");
        }

        assertThat(database.unbind(leaving)).isEqualTo(DROPPED);
        assertThat(database.asAdmin("SELECT count(*) FROM pg_class WHERE starts_with(relname, 'owned_')"))
                .containsExactly("3");
        assertThat(database.asAdmin("SELECT id FROM owned_2")).containsExactly("2");
    }

    @Test
    void handsOverFiveThousandTablesInParts() throws SQLException {
        ownTables(leaving, 5000);

        assertThat(database.unbind(leaving)).isEqualTo(DROPPED);

        assertThat(database.asAdmin(
                        "SELECT count(*) FROM pg_class WHERE starts_with(relname, 'owned_') AND relowner = '%s'::regrole"
                                .formatted(database.name.owner().quoted())))
                .containsExactly("5000");
    }

    @Test
    void losesNothingWhenItIsKilledAtAnyStatement() throws SQLException {
        ownTables(leaving, 400);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> killer = CompletableFuture.supplyAsync(() -> killAdministratorsUntil(done));
        DropOutcome outcome = new DropOutcome.Blocked("not tried");
        while (outcome instanceof DropOutcome.Blocked) {
            try {
                outcome = database.unbind(leaving);
            } catch (PostgresException killed) {
                assertThat(killed.getMessage())
                        .doesNotContain(leaving.password().get());
            }
        }
        done.set(true);

        assertThat(killer.join()).isPositive();
        assertThat(SERVERS.loginRoles(ADDRESS, database.name)).containsExactly(staying.name());
        assertThat(database.asAdmin("SELECT count(*) FROM pg_class WHERE starts_with(relname, 'owned_')"))
                .containsExactly("400");
        assertThat(database.objectsNotOwnedByTheOwner()).noneMatch(object -> object.contains("leaving"));
    }

    // Leaves it a little longer each time, so that it is hit at each of its statements and comes to its end.
    private int killAdministratorsUntil(AtomicBoolean done) {
        int killed = 0;
        try (Connection admin = SERVER.connect()) {
            for (int round = 0; !done.get(); round++) {
                run(admin, "SELECT pg_sleep(%f)".formatted(0.004 * round));
                killed += column(
                                admin,
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'howdah' AND datname = '%s'"
                                        .formatted(database.name))
                        .size();
            }
            return killed;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void handsOverWhatTheRoleHasInOtherDatabasesAndItsGrants() throws SQLException {
        try (TestDatabase other = new TestDatabase();
                Connection here = database.login(staying);
                Connection there = other.admin()) {
            run(there, "CREATE SCHEMA lent AUTHORIZATION " + leaving.name().quoted());
            run(
                    there,
                    "GRANT CONNECT ON DATABASE %s TO %s"
                            .formatted(other.name.quoted(), leaving.name().quoted()));
            run(
                    here,
                    "CREATE TABLE t (id int)",
                    "GRANT SELECT ON t TO " + leaving.name().quoted());
            run(
                    here,
                    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO "
                            + leaving.name().quoted());
            run(here, "CREATE POLICY p ON t TO " + leaving.name().quoted());
            try (Connection client = database.login(leaving)) {
                run(client, "SET ROLE NONE", "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
            }

            assertThat(database.unbind(leaving)).isEqualTo(DROPPED);

            assertThat(column(there, "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'lent'"))
                    .containsExactly(other.name.owner().value());
        }
    }

    @Test
    void worksWhenTheDatabaseIsGone() throws SQLException {
        LoginRole orphan = database.bind("orphan");
        try (Connection admin = SERVER.connect()) {
            run(admin, "DROP DATABASE %s WITH (FORCE)".formatted(database.name.quoted()));
        }

        assertThat(database.unbind(orphan)).isEqualTo(DROPPED);
    }

    /** What role default and event trigger keep from happening; the trigger lets a superuser do it. */
    private void ownTables(LoginRole role, int tables) throws SQLException {
        try (Connection admin = database.admin()) {
            run(
                    admin,
                    "SET ROLE " + role.name().quoted(),
                    """
                    DO $$ BEGIN
                        FOR i IN 1..%d LOOP
                            EXECUTE format('CREATE TABLE owned_%%s (id int)', i);
                            IF i %% 500 = 0 THEN COMMIT; END IF;
                        END LOOP;
                    END $$""".formatted(tables),
                    "GRANT ALL ON ALL TABLES IN SCHEMA public TO "
                            + database.name.owner().quoted());
        }
    }
}
