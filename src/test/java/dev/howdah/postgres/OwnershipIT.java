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
    private static final List<String> EVERY_KIND = List.of(
            "CREATE TABLE plain (id int PRIMARY KEY, body text)",
            "CREATE TABLE with_serial (id serial PRIMARY KEY, ref int REFERENCES plain)",
            "CREATE TABLE with_identity (id bigint GENERATED ALWAYS AS IDENTITY)",
            "CREATE TABLE measured (day date, value int) PARTITION BY RANGE (day)",
            "CREATE TABLE measured_2026 PARTITION OF measured FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
            "CREATE TABLE copied AS SELECT 1 AS one",
            "SELECT 1 AS one INTO selected",
            "CREATE UNLOGGED TABLE quick (id int)",
            "CREATE SEQUENCE numbers",
            "ALTER TABLE plain ADD COLUMN extra serial",
            "CREATE VIEW seen AS SELECT * FROM plain",
            "CREATE OR REPLACE VIEW seen AS SELECT * FROM plain",
            "CREATE MATERIALIZED VIEW stored AS SELECT * FROM plain",
            "CREATE INDEX by_body ON plain (body)",
            "CREATE STATISTICS correlated ON id, body FROM plain",
            "CREATE FUNCTION f(a int, b text) RETURNS int LANGUAGE sql RETURN 1",
            "CREATE PROCEDURE p(INOUT a int) LANGUAGE plpgsql AS 'BEGIN a := 1; END'",
            "CREATE AGGREGATE counted(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0')",
            "CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER touch BEFORE INSERT ON plain FOR EACH ROW EXECUTE FUNCTION touched()",
            "CREATE TYPE pair AS (a int, b int)",
            "CREATE TYPE mood AS ENUM ('sad', 'ok')",
            "CREATE TYPE span AS RANGE (subtype = float8)",
            "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
            "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
            "CREATE COLLATION german FROM \"C\"",
            "CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
            "CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple)",
            "CREATE TEXT SEARCH CONFIGURATION english_words (COPY = english)",
            "CREATE PUBLICATION news FOR TABLE plain",
            "CREATE SCHEMA drawer CREATE TABLE in_drawer (id serial)",
            "CREATE SCHEMA \"Odd \"\"name\"\"\"",
            "CREATE TABLE \"Odd \"\"name\"\"\".\"Odd table; DROP\" (id int)",
            "CREATE EXTENSION hstore",
            "DO 'BEGIN CREATE TABLE from_a_block (id int); END'",
            "GRANT SELECT ON plain TO PUBLIC",
            "COMMENT ON TABLE plain IS 'a comment'");

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
            run(client, before);

            for (String statement : EVERY_KIND) {
                run(client, statement);
            }
        }

        assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "DISCARD ALL"})
    void whatOneBindingMadeOthersAlterAndOwnAfterItIsGone(String before) throws SQLException {
        LoginRole first = database.bind("first");
        LoginRole second = database.bind("second");
        try (Connection client = database.login(first)) {
            run(client, before);
            run(client, EVERY_KIND.toArray(String[]::new));
        }
        try (Connection client = database.login(second)) {
            run(client, before, "ALTER TABLE plain ADD COLUMN by_second int", "DROP VIEW seen", "DROP FUNCTION f");
        }

        assertThat(database.unbind(first)).isInstanceOf(DropOutcome.Dropped.class);

        try (Connection client = database.login(second)) {
            run(client, before, "INSERT INTO plain VALUES (1, 'one')", "DROP TYPE mood", "DROP SCHEMA drawer CASCADE");
        }
        try (Connection client = database.login(database.bind("third"))) {
            run(client, before, "ALTER TABLE plain DROP COLUMN by_second", "REFRESH MATERIALIZED VIEW stored");
            assertThat(column(client, "SELECT body FROM plain")).containsExactly("one");
        }
        assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();
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
