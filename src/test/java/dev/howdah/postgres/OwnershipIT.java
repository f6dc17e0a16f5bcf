package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.column;
import static dev.howdah.postgres.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client does, what it makes belongs to the database's owner role, and the next binding has it. */
class OwnershipIT {
    private TestDatabase database;

    @BeforeEach
    void aDatabase() {
        database = new TestDatabase();
    }

    @AfterEach
    void dropped() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "DISCARD ALL",
                "RESET ROLE",
                "SET ROLE NONE",
                "SET SESSION AUTHORIZATION DEFAULT",
                "RESET ALL"
            })
    void everyKindOfObjectBelongsToTheOwnerWhateverTheClientSaidBefore(String before) throws SQLException {
        try (Connection client = database.login(database.bind("a"))) {
            for (String statement : ObjectsOfEveryKind.CREATED) {
                run(client, before, statement);
            }
        }

        assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "DISCARD ALL"})
    void whatOneBindingMadeASecondAltersAndAThirdDropsWhenTheFirstIsGone(String before) throws SQLException {
        LoginRole first = database.bind("first");
        LoginRole second = database.bind("second");
        inOneSession(first, before, ObjectsOfEveryKind.CREATED);
        inOneSession(second, before, ObjectsOfEveryKind.ALTERED);
        inOneSession(second, before, List.of("INSERT INTO plain (id, body) VALUES (1, 'one')"));

        assertThat(database.unbind(first)).isInstanceOf(DropOutcome.Dropped.class);

        assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();
        inOneSession(
                second, before, List.of("UPDATE plain SET by_second = 2", "ALTER TABLE plain DROP COLUMN by_second"));
        LoginRole third = database.bind("third");
        try (Connection client = database.login(third)) {
            run(client, before);
            assertThat(column(client, "SELECT body FROM plain")).containsExactly("one");
        }
        inOneSession(third, before, ObjectsOfEveryKind.DROPPED);
        assertThat(database.asAdmin(
                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'i'"))
                .containsExactly("0");
    }

    /** As through a pool that resets the session after each transaction. */
    private void inOneSession(LoginRole role, String before, List<String> statements) throws SQLException {
        try (Connection client = database.login(role)) {
            for (String statement : statements) {
                run(client, before, statement);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "DISCARD ALL"})
    void temporaryTablesWorkAndFollowTheRole(String before) throws SQLException {
        try (Connection client = database.login(database.bind("a"))) {
            run(client, before, "CREATE TEMP TABLE scratch (id serial)", "INSERT INTO scratch DEFAULT VALUES");
            run(client, "CREATE TEMP VIEW scratched AS SELECT * FROM scratch", "SELECT 1 AS one INTO TEMP kept");
            run(client, "RESET ROLE", "INSERT INTO scratch DEFAULT VALUES");

            assertThat(column(client, "SELECT id FROM scratched")).containsExactly("1", "2");

            run(client, "BEGIN", "CREATE TEMP TABLE brief ON COMMIT DROP AS SELECT 1", "COMMIT", "DISCARD TEMP");
        }
    }

    @Test
    void largeObjectsAreEverybodysWhoWritesAndAreHandedOverAtTheEnd() throws SQLException {
        LoginRole first = database.bind("first");
        LoginRole second = database.bind("second");
        String kept;
        String lost;
        try (Connection client = database.login(first)) {
            kept = column(client, "SELECT lo_from_bytea(0, 'kept')").getFirst();
            run(client, "DISCARD ALL");
            lost = column(client, "SELECT lo_from_bytea(0, 'lost')").getFirst();
        }
        try (Connection client = database.login(second)) {
            run(client, "SELECT lo_put(%s, 0, 'K')".formatted(kept), "SELECT lo_put(%s, 0, 'L')".formatted(lost));
            run(client, "DISCARD ALL", "SELECT lo_put(%s, 1, 'I')".formatted(lost));
        }

        assertThat(database.unbind(first)).isInstanceOf(DropOutcome.Dropped.class);

        assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();
        try (Connection client = database.login(second)) {
            assertThat(column(client, "SELECT convert_from(lo_get(%s), 'UTF8')".formatted(lost)))
                    .containsExactly("LIst");
        }
    }

    @Test
    void aBindingCannotTakeATableFromTheOwner() throws SQLException {
        LoginRole greedy = database.bind("greedy");
        try (Connection client = database.login(greedy)) {
            run(client, "CREATE TABLE mine (id serial)", "SET ROLE NONE");
            run(client, "ALTER TABLE mine OWNER TO " + greedy.name().quoted());
        }

        assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();
    }

    @Test
    void whatABindingReassignedToItselfIsPutBackNextTime() throws SQLException {
        LoginRole greedy = database.bind("greedy");
        try (Connection client = database.login(greedy)) {
            run(client, "CREATE TABLE mine (id serial)", "CREATE EXTENSION hstore", "SET ROLE NONE");
            run(
                    client,
                    "REASSIGN OWNED BY %s TO %s"
                            .formatted(
                                    database.name.owner().quoted(),
                                    greedy.name().quoted()));
        }
        assertThat(database.objectsNotOwnedByTheOwner()).hasSizeGreaterThan(1);

        TestDatabase.SERVERS.ensureDatabase(TestDatabase.ADDRESS, new DatabaseSpec(database.name, List.of()));

        assertThat(database.objectsNotOwnedByTheOwner()).noneMatch(object -> object.contains("mine"));
    }
}
