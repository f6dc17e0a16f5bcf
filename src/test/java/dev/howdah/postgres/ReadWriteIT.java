package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.ADDRESS;
import static dev.howdah.postgres.TestDatabase.SERVER;
import static dev.howdah.postgres.TestDatabase.SERVERS;
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
import org.junit.jupiter.params.provider.MethodSource;

/** A read-write binding has its database, and nothing beyond it. */
class ReadWriteIT {
    private static TestDatabase database;
    private static TestDatabase neighbour;
    private static LoginRole role;

    @BeforeAll
    static void twoDatabases() throws SQLException {
        database = new TestDatabase();
        neighbour = new TestDatabase();
        role = database.bind("a");
        database.bind("other");
        try (Connection client = database.login(role)) {
            run(client, "CREATE TABLE t (line text)");
        }
    }

    @AfterAll
    static void dropped() {
        database.close();
        neighbour.close();
    }

    static List<String> beyondItsDatabase() {
        return List.of(
                "ALTER ROLE CURRENT_USER SUPERUSER",
                "ALTER ROLE {me} SUPERUSER",
                "ALTER ROLE {me} CREATEROLE",
                "ALTER ROLE {me} REPLICATION",
                "ALTER ROLE {me} BYPASSRLS",
                "ALTER ROLE {me} CONNECTION LIMIT -1",
                "ALTER ROLE {me} VALID UNTIL 'infinity'",
                "ALTER ROLE {other} PASSWORD 'mine'",
                "ALTER ROLE {owner} LOGIN PASSWORD 'mine'",
                "DROP ROLE {other}",
                "CREATE ROLE friend",
                "CREATE USER friend PASSWORD 'x'",
                "GRANT postgres TO {me}",
                "GRANT pg_execute_server_program TO {me}",
                "GRANT pg_read_server_files TO {me}",
                "GRANT pg_write_server_files TO {owner}",
                "GRANT {neighbour} TO {me}",
                "SET ROLE postgres",
                "SET ROLE {other}",
                "SET SESSION AUTHORIZATION postgres",
                "SET SESSION AUTHORIZATION {other}",
                "COPY t FROM PROGRAM 'id'",
                "COPY t TO PROGRAM 'cat'",
                "COPY t FROM '/etc/passwd'",
                "COPY t TO '/tmp/howdah-was-here'",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_read_binary_file('postgresql.conf')",
                "SELECT pg_ls_dir('.')",
                "SELECT pg_stat_file('PG_VERSION')",
                "SELECT lo_import('/etc/passwd')",
                "SELECT lo_export(1, '/tmp/howdah-was-here')",
                "SELECT * FROM pg_hba_file_rules",
                "SELECT * FROM pg_file_settings",
                "SELECT pg_reload_conf()",
                "SELECT pg_rotate_logfile()",
                "SELECT pg_switch_wal()",
                "SELECT pg_create_physical_replication_slot('slot')",
                "SELECT pg_create_logical_replication_slot('slot', 'pgoutput')",
                "ALTER SYSTEM SET work_mem = '1GB'",
                "ALTER SYSTEM SET hba_file = '/tmp/mine'",
                "ALTER SYSTEM SET archive_command = 'id'",
                "ALTER SYSTEM RESET ALL",
                "COPY t TO 'pg_hba.conf'",
                "COPY t FROM 'pg_hba.conf'",
                "SELECT lo_export(1, 'pg_hba.conf')",
                "SELECT pg_read_file('pg_hba.conf')",
                "SELECT pg_ls_logdir()",
                "SELECT pg_ls_waldir()",
                "SELECT pg_create_restore_point('mine')",
                "SELECT pg_promote()",
                "SELECT pg_stat_reset()",
                "SET allow_system_table_mods = on",
                "ALTER TABLE pg_authid ADD COLUMN mine int",
                "ALTER ROLE ALL SET statement_timeout = 1",
                "ALTER ROLE {other} SET statement_timeout = 1",
                "ALTER DATABASE postgres SET statement_timeout = 1",
                "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT ALL ON TABLES TO {me}",
                "REASSIGN OWNED BY postgres TO {me}",
                "DROP OWNED BY {other}",
                "GRANT pg_monitor TO {me}",
                "GRANT {owner} TO pg_monitor",
                "COMMENT ON ROLE {other} IS 'mine'",
                "CREATE TYPE evil (INPUT = int4in, OUTPUT = int4out)",
                "CREATE CAST (int AS text) WITHOUT FUNCTION",
                "CREATE OPERATOR CLASS mine FOR TYPE int USING btree AS OPERATOR 1 <",
                "SET log_statement = 'none'",
                "SET session_replication_role = 'replica'",
                "SET lo_compat_privileges = off",
                "LOAD '/tmp/evil.so'",
                "CREATE FUNCTION evil() RETURNS int LANGUAGE c AS '/tmp/evil.so', 'evil'",
                "CREATE FUNCTION evil() RETURNS int LANGUAGE internal AS 'int4in'",
                "CREATE EXTENSION dblink",
                "CREATE EXTENSION file_fdw",
                "CREATE EXTENSION postgres_fdw",
                "CREATE EXTENSION adminpack",
                "CREATE EXTENSION pg_walinspect",
                "CREATE EXTENSION pg_buffercache",
                "CREATE FOREIGN DATA WRAPPER files",
                "CREATE LANGUAGE plpython3u",
                "CREATE ACCESS METHOD mine TYPE TABLE HANDLER heap_tableam_handler",
                "CREATE TABLESPACE mine LOCATION '/tmp'",
                "CREATE SUBSCRIPTION mine CONNECTION 'host=localhost' PUBLICATION theirs",
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "CREATE FUNCTION pg_catalog.mine() RETURNS int LANGUAGE sql RETURN 1",
                "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION howdah.keep_ownership()",
                "ALTER EVENT TRIGGER howdah_keep_ownership DISABLE",
                "ALTER EVENT TRIGGER howdah_keep_ownership OWNER TO {me}",
                "DROP EVENT TRIGGER howdah_keep_ownership",
                "DROP SCHEMA howdah CASCADE",
                "ALTER SCHEMA howdah RENAME TO mine",
                "ALTER FUNCTION howdah.keep_ownership() OWNER TO {me}",
                "DROP FUNCTION howdah.keep_ownership() CASCADE",
                "CREATE FUNCTION howdah.mine() RETURNS int LANGUAGE sql RETURN 1",
                "CREATE OR REPLACE FUNCTION howdah.keep_ownership() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
                "DROP EXTENSION plpgsql CASCADE",
                "DROP DATABASE {db}",
                "CREATE DATABASE mine",
                "ALTER DATABASE {db} RENAME TO mine",
                "ALTER DATABASE {db} OWNER TO {me}",
                "ALTER DATABASE {db} OWNER TO {owner}",
                "ALTER DATABASE {db} CONNECTION LIMIT 1",
                "ALTER DATABASE {db} SET default_transaction_read_only = on",
                "SELECT rolpassword FROM pg_authid",
                "SELECT passwd FROM pg_shadow",
                "UPDATE pg_authid SET rolsuper = true",
                "UPDATE pg_database SET datname = 'mine'",
                "INSERT INTO pg_auth_members SELECT * FROM pg_auth_members",
                "DELETE FROM pg_event_trigger",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' OR usename IS NULL");
    }

    @ParameterizedTest
    @MethodSource("beyondItsDatabase")
    void isRefusedWhatIsBeyondItsDatabase(String attempt) throws SQLException {
        String sql = attempt.replace("{me}", role.name().quoted())
                .replace("{other}", new RoleName(database.name + "_b_other").quoted())
                .replace("{owner}", database.name.owner().quoted())
                .replace("{neighbour}", neighbour.name.owner().quoted())
                .replace("{db}", database.name.quoted());
        try (Connection client = database.login(role)) {
            for (String as : List.of("RESET ROLE", "SET ROLE NONE")) {
                run(client, as);
                Refusal refusal = refusal(() -> run(client, sql));

                // insufficient privilege; invalid grant; undefined object (a language that is not installed)
                assertThat(refusal.sqlState()).as(as).isIn("42501", "0LP01", "0A000");
            }
        }
    }

    @Test
    void cannotLetOthersIntoTheDatabase() throws SQLException {
        String query = "SELECT datacl::text FROM pg_database WHERE datname = current_database()";
        List<String> before = database.asAdmin(query);
        try (Connection client = database.login(role)) {
            run(client, "GRANT CONNECT ON DATABASE %s TO PUBLIC".formatted(database.name.quoted()));
            run(
                    client,
                    "REVOKE CONNECT ON DATABASE %s FROM %s"
                            .formatted(
                                    database.name.quoted(),
                                    database.name.reader().quoted()));
        }

        assertThat(database.asAdmin(query)).isEqualTo(before);
    }

    @Test
    void cannotConnectToAnotherDatabase() {
        for (String other : List.of("postgres", "template1", neighbour.name.value())) {
            assertThat(refusal(() -> SERVER.connect(
                                    other, role.name().value(), role.password().get()))
                            .message())
                    .contains("permission denied for database");
        }
    }

    /** Functions, operators and tables that stand where the administrator's SQL might look for PostgreSQL's own. */
    @Test
    void cannotMakeTheAdministratorRunItsCode() throws SQLException {
        try (TestDatabase attacked = new TestDatabase()) {
            LoginRole attacker = attacked.bind("attacker");
            String escalate = "BEGIN EXECUTE 'ALTER ROLE %s SUPERUSER'; RETURN %s; END";
            try (Connection client = attacked.login(attacker)) {
                for (String schema : List.of("public", "pg_temp")) {
                    run(
                            client,
                            trap(schema + ".format(text, text, text) RETURNS text", escalate, attacker, "NULL"),
                            trap(schema + ".format(text, text, name) RETURNS text", escalate, attacker, "NULL"),
                            trap(schema + ".to_regrole(text) RETURNS regrole", escalate, attacker, "NULL"),
                            trap(schema + ".equal(oid, oid) RETURNS bool", escalate, attacker, "true"),
                            trap(schema + ".pg_has_role(oid, name, text) RETURNS bool", escalate, attacker, "true"),
                            "CREATE OPERATOR %1$s.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = %1$s.equal)"
                                    .formatted(schema),
                            "CREATE TABLE %s.pg_shdepend (classid oid)".formatted(schema),
                            "CREATE TABLE %s.pg_roles (oid oid, rolname name)".formatted(schema),
                            "CREATE DOMAIN %s.regclass AS text".formatted(schema));
                }
                run(
                        client,
                        "SET search_path = pg_temp, public, pg_catalog",
                        "SET ROLE NONE",
                        "CREATE TABLE public.bait (id int)");
                run(client, "CREATE FUNCTION public.\"x()\"\"; ALTER ROLE\"() RETURNS int LANGUAGE sql AS 'SELECT 1'");

                SERVERS.ensureDatabase(ADDRESS, new DatabaseSpec(attacked.name, List.of("hstore", "dblink")));
                SERVERS.ensureLoginRole(ADDRESS, attacker);
            }
            assertThat(superusers()).containsExactly("postgres");

            assertThat(attacked.unbind(attacker)).isInstanceOf(DropOutcome.Dropped.class);

            assertThat(superusers()).containsExactly("postgres");
            assertThat(attacked.objectsNotOwnedByTheOwner()).noneMatch(object -> object.contains("attacker"));
        }
    }

    private static String trap(String signature, String body, LoginRole attacker, String result) {
        return "CREATE FUNCTION %s LANGUAGE plpgsql AS '%s'"
                .formatted(
                        signature,
                        body.formatted(attacker.name().quoted(), result).replace("'", "''"));
    }

    private static List<String> superusers() throws SQLException {
        return database.asAdmin("SELECT rolname FROM pg_roles WHERE rolsuper");
    }

    @Test
    void mayDoEverythingWithinItsDatabase() throws SQLException {
        try (Connection client = database.login(role)) {
            assertThat(column(client, "SELECT session_user || ' as ' || current_user"))
                    .containsExactly(role.name() + " as " + database.name.owner());
            run(
                    client,
                    "CREATE SCHEMA own",
                    "CREATE TABLE own.t (id int PRIMARY KEY)",
                    "INSERT INTO own.t SELECT generate_series(1, 10)",
                    "VACUUM ANALYZE own.t",
                    "TRUNCATE own.t",
                    "CREATE INDEX CONCURRENTLY later ON own.t (id)",
                    "REINDEX SCHEMA own",
                    "GRANT USAGE ON SCHEMA own TO " + database.name.reader().quoted(),
                    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                    "DROP SCHEMA own CASCADE");
        }
    }
}
