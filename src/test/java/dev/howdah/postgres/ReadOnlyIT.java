package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.SERVER;
import static dev.howdah.postgres.TestDatabase.column;
import static dev.howdah.postgres.TestDatabase.refusal;
import static dev.howdah.postgres.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.TestDatabase.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read-only binding sees every table, whenever it was made, and changes nothing. */
class ReadOnlyIT {
    private static final String NOT_PERMITTED = "42501";

    private static TestDatabase database;
    private static LoginRole reader;

    @BeforeAll
    static void aReaderBeforeThereAreTables() throws SQLException {
        database = new TestDatabase();
        reader = database.bind("reader", Access.READ_ONLY);
        try (Connection client = database.login(database.bind("writer"))) {
            for (String before : List.of("SELECT 1", "DISCARD ALL")) {
                String schema = before.equals("SELECT 1") ? "public" : "later";
                run(
                        client,
                        before,
                        "CREATE SCHEMA IF NOT EXISTS " + schema,
                        "CREATE TABLE %s.t (id serial, body text)".formatted(schema),
                        "INSERT INTO %s.t (body) VALUES ('seen')".formatted(schema),
                        "CREATE VIEW %1$s.v AS SELECT * FROM %1$s.t".formatted(schema),
                        "CREATE MATERIALIZED VIEW %1$s.m AS SELECT * FROM %1$s.t".formatted(schema),
                        "CREATE TABLE %1$s.copy AS SELECT * FROM %1$s.t".formatted(schema));
            }
            run(client, "SELECT lo_create(4711)");
        }
    }

    @AfterAll
    static void dropped() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "later"})
    void seesWhatWasMadeAfterIt(String schema) throws SQLException {
        try (Connection client = database.login(reader)) {
            for (String relation : List.of("t", "v", "m", "copy")) {
                assertThat(column(client, "SELECT body FROM %s.%s".formatted(schema, relation)))
                        .containsExactly("seen");
            }
            assertThat(column(client, "SELECT last_value FROM %s.t_id_seq".formatted(schema)))
                    .containsExactly("1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t (body) VALUES ('x')",
                "UPDATE t SET body = 'x'",
                "DELETE FROM t",
                "TRUNCATE t",
                "DROP TABLE t",
                "ALTER TABLE t ADD COLUMN x int",
                "CREATE INDEX i ON t (id)",
                "COMMENT ON TABLE t IS 'x'",
                "BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE",
                "SELECT * FROM t FOR UPDATE",
                "REFRESH MATERIALIZED VIEW m",
                "SELECT nextval('t_id_seq')",
                "SELECT setval('t_id_seq', 1)",
                "CREATE TABLE mine (id int)",
                "CREATE TEMP TABLE mine (id int)",
                "SELECT 1 AS one INTO TEMP mine",
                "CREATE VIEW mine AS SELECT 1",
                "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1",
                "CREATE SCHEMA mine",
                "CREATE EXTENSION hstore",
                "SELECT lo_creat(-1)",
                "SELECT lo_create(0)",
                "SELECT lo_from_bytea(0, 'x')",
                "SELECT lo_put(4711, 0, 'x')",
                "SELECT lo_unlink(4711)",
                "SELECT lo_import('/etc/passwd')",
                "SET ROLE {owner}",
                "SET ROLE postgres",
                "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT ALL ON TABLES TO {me}",
                "REASSIGN OWNED BY {owner} TO {me}",
                "DROP OWNED BY {owner}",
                "GRANT {owner} TO {me}",
                "ALTER ROLE {me} SUPERUSER",
                "CREATE ROLE friend",
                "ALTER ROLE {owner} LOGIN PASSWORD 'mine'",
                "SET SESSION AUTHORIZATION {owner}",
                "MERGE INTO t USING (SELECT 1 AS one) AS s ON false WHEN NOT MATCHED THEN INSERT (body) VALUES ('x')",
                "WITH gone AS (DELETE FROM t RETURNING 1) SELECT * FROM gone",
                "CREATE SEQUENCE mine",
                "CREATE TYPE mine AS (a int)",
                "CREATE MATERIALIZED VIEW mine AS SELECT 1",
                "CREATE TRIGGER mine BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "DROP SCHEMA later CASCADE",
                "COPY t FROM PROGRAM 'id'",
                "COPY t (body) TO PROGRAM 'cat'",
                "COPY t TO '/tmp/howdah-was-here'",
                "COPY t FROM STDIN",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT * FROM pg_authid",
                "SELECT * FROM pg_shadow",
                "SELECT pg_create_logical_replication_slot('slot', 'pgoutput')",
                "ALTER SYSTEM SET work_mem = '1GB'",
                "ALTER EVENT TRIGGER howdah_keep_ownership DISABLE"
            })
    void isRefusedWhatIsNotReading(String attempt) throws SQLException {
        String sql = attempt.replace("{me}", reader.name().quoted())
                .replace("{owner}", database.name.owner().quoted());
        try (Connection client = database.login(reader)) {
            run(client, "SET default_transaction_read_only = off");

            Refusal refusal = refusal(() -> run(client, sql));

            assertThat(refusal.sqlState()).isIn(NOT_PERMITTED, "0LP01");
        }
    }

    @Test
    void isToldByPlainWordsThatItOnlyReads() throws SQLException {
        try (Connection client = database.login(reader)) {
            assertThat(refusal(() -> run(client, "INSERT INTO t (body) VALUES ('x')"))
                            .message())
                    .contains("read-only transaction");
        }
    }

    @Test
    void cannotConnectToAnotherDatabase() {
        try (TestDatabase neighbour = new TestDatabase()) {
            for (String other : List.of("postgres", "template1", neighbour.name.value())) {
                assertThat(refusal(() -> SERVER.connect(
                                        other,
                                        reader.name().value(),
                                        reader.password().get()))
                                .message())
                        .contains("permission denied for database");
            }
        }
    }
}
