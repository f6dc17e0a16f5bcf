package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.ADDRESS;
import static dev.howdah.postgres.TestDatabase.SERVER;
import static dev.howdah.postgres.TestDatabase.SERVERS;
import static dev.howdah.postgres.TestDatabase.column;
import static dev.howdah.postgres.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseIT {
    private TestDatabase database;
    private DatabaseSpec spec;

    @BeforeEach
    void aDatabase() {
        database = new TestDatabase();
        spec = new DatabaseSpec(database.name, List.of());
    }

    @AfterEach
    void dropped() {
        database.close();
    }

    @Test
    void aDatabaseThatIsAsItShallBeIsNotWrittenTo() throws SQLException {
        LoginRole role = database.bind("a");
        LoginRole reader = database.bind("r", Access.READ_ONLY);
        List<String> before = rowVersions();

        SERVERS.ensureDatabase(ADDRESS, spec);
        SERVERS.ensureLoginRole(ADDRESS, role);
        SERVERS.ensureLoginRole(ADDRESS, reader);

        assertThat(rowVersions()).isEqualTo(before);
    }

    @Test
    void makingSaysWhetherThereWasNone() throws SQLException {
        DatabaseSpec fresh = new DatabaseSpec(new DatabaseName(database.name.value() + "_fresh"), List.of());
        try {
            assertThat(SERVERS.makeDatabase(ADDRESS, spec)).isFalse();
            assertThat(SERVERS.makeDatabase(ADDRESS, fresh)).isTrue();
            List<String> made = rowVersions();

            assertThat(SERVERS.makeDatabase(ADDRESS, fresh)).isFalse();
            SERVERS.ensureDatabase(ADDRESS, fresh);
            assertThat(rowVersions()).isEqualTo(made);
        } finally {
            SERVERS.dropDatabase(ADDRESS, fresh.name());
        }
    }

    // A row that is written has another xmin. Counting transactions instead would count autovacuum's.
    private List<String> rowVersions() throws SQLException {
        String catalogs = Stream.of(
                        "pg_authid",
                        "pg_auth_members",
                        "pg_database",
                        "pg_db_role_setting",
                        "pg_shdescription",
                        "pg_namespace",
                        "pg_default_acl",
                        "pg_proc",
                        "pg_event_trigger",
                        "pg_extension")
                .map("SELECT '%1$s', string_agg(xmin::text, ' ' ORDER BY ctid) AS versions FROM %1$s"::formatted)
                .collect(Collectors.joining(" UNION ALL "));
        return database.asAdmin(
                "SELECT concat_ws(' ', catalog, versions) FROM (%s) AS all_of(catalog, versions)".formatted(catalogs));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP EVENT TRIGGER howdah_keep_ownership",
                "ALTER EVENT TRIGGER howdah_keep_ownership DISABLE",
                "DROP SCHEMA howdah CASCADE",
                "ALTER FUNCTION howdah.keep_ownership() RESET search_path",
                "ALTER FUNCTION howdah.keep_ownership() SECURITY INVOKER",
                "GRANT CREATE ON SCHEMA howdah TO PUBLIC",
                "GRANT CONNECT ON DATABASE {db} TO PUBLIC",
                "GRANT CONNECT ON DATABASE postgres TO PUBLIC",
                "REVOKE ALL ON DATABASE {db} FROM \"{db}_owner\"",
                "REVOKE CONNECT ON DATABASE {db} FROM \"{db}_reader\"",
                "ALTER DATABASE {db} OWNER TO \"{db}_owner\"",
                "ALTER SCHEMA public OWNER TO postgres",
                "GRANT CREATE ON SCHEMA public TO PUBLIC",
                "ALTER DEFAULT PRIVILEGES FOR ROLE \"{db}_owner\" REVOKE SELECT ON TABLES FROM \"{db}_reader\"",
                "ALTER ROLE \"{db}_owner\" SUPERUSER LOGIN",
                "DROP OWNED BY \"{db}_owner\"",
                "DROP OWNED BY \"{db}_reader\"",
                "GRANT EXECUTE ON FUNCTION lo_creat(integer) TO PUBLIC"
            })
    void whatWasChangedByHandIsPutBack(String change) throws SQLException {
        List<String> before = state();
        try (Connection admin = database.admin()) {
            run(admin, change.replace("{db}", database.name.value()));
        }
        assertThat(state()).isNotEqualTo(before);

        SERVERS.ensureDatabase(ADDRESS, spec);

        if (change.startsWith("DROP OWNED")) {
            return; // takes the schema public with it, which may have been meant
        }
        assertThat(state()).isEqualTo(before);
    }

    private List<String> state() throws SQLException {
        return database.asAdmin("""
                SELECT to_jsonb(e) - 'oid' - 'evtfoid' || jsonb_build_object('f', evtfoid::regproc) #>> '{}' FROM pg_event_trigger e
                UNION ALL SELECT concat_ws(' ', proname, prosecdef, proconfig, proowner::regrole,
                    ARRAY(SELECT (aclexplode(proacl)).grantee ORDER BY 1)) FROM pg_proc
                    WHERE pronamespace = to_regnamespace('howdah') OR proname = 'lo_creat'
                UNION ALL SELECT concat_ws(' ', nspname, nspowner::regrole, ARRAY(SELECT (aclexplode(COALESCE(nspacl, acldefault('n', nspowner))))::text ORDER BY 1)) FROM pg_namespace
                    WHERE nspname IN ('howdah', 'public')
                UNION ALL SELECT concat_ws(' ', datname, datdba::regrole, ARRAY(SELECT (aclexplode(datacl))::text ORDER BY 1)) FROM pg_database
                    WHERE datname IN (current_database(), 'postgres')
                UNION ALL SELECT concat_ws(' ', defaclobjtype, defaclrole, ARRAY(SELECT (aclexplode(defaclacl))::text ORDER BY 1)) FROM pg_default_acl
                UNION ALL SELECT concat_ws(' ', rolname, rolsuper, rolcanlogin) FROM pg_roles WHERE rolname ~ '_(owner|reader)$'
                ORDER BY 1""");
    }

    @Test
    void manyAtOnceMakeOneDatabaseAndOneRole() throws Exception {
        DatabaseName name = new DatabaseName(database.name + "_many");
        DatabaseSpec many = new DatabaseSpec(name, List.of("hstore"));
        LoginRole role = binding(new RoleName(name + "_b"), name);
        Callable<Boolean> bind = () -> {
            while (true) {
                try {
                    SERVERS.ensureDatabase(ADDRESS, many);
                    SERVERS.ensureLoginRole(ADDRESS, role);
                    return true;
                } catch (ServerBusyException again) {
                    Thread.onSpinWait();
                }
            }
        };

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> result :
                    threads.invokeAll(Stream.generate(() -> bind).limit(12).toList())) {
                assertThat(result.get()).isTrue();
            }
        }

        assertThat(SERVERS.loginRoles(ADDRESS, name)).containsExactly(role.name());
        try (Connection client = SERVER.connect(
                name.value(), role.name().value(), role.password().get())) {
            assertThat(column(client, "SELECT current_user"))
                    .containsExactly(name.owner().value());
        }
        SERVERS.dropDatabase(ADDRESS, name);
    }

    @Test
    void aDatabaseIsDroppedWithItsRolesUnderItsClientsFeet() throws SQLException {
        LoginRole role = database.bind("a");
        database.bind("r", Access.READ_ONLY);
        try (Connection client = database.login(role)) {
            run(client, "CREATE TABLE t (id int)", "BEGIN", "LOCK TABLE t");

            SERVERS.dropDatabase(ADDRESS, database.name);
            SERVERS.dropDatabase(ADDRESS, database.name);
        }

        try (Connection admin = SERVER.connect()) {
            assertThat(column(admin, "SELECT datname FROM pg_database WHERE datname = '%s'".formatted(database.name)))
                    .isEmpty();
            assertThat(column(
                            admin,
                            "SELECT rolname FROM pg_roles WHERE starts_with(rolname, '%s_')".formatted(database.name)))
                    .isEmpty();
        }
    }

    @Test
    void oneServerCarriesSeveralDatabases() throws SQLException {
        try (TestDatabase other = new TestDatabase()) {
            LoginRole role = database.bind("a");
            LoginRole neighbour = other.bind("a");

            assertThatThrownBy(() -> SERVER.connect(
                            other.name.value(),
                            role.name().value(),
                            role.password().get()))
                    .hasMessageContaining("permission denied for database");
            SERVERS.dropDatabase(ADDRESS, database.name);

            assertThat(SERVERS.loginRoles(ADDRESS, other.name)).containsExactly(neighbour.name());
            other.login(neighbour).close();
        }
    }

    @Test
    void namesAtTheLimitAndOfAnyCharactersWork() throws SQLException {
        for (String odd : List.of("x".repeat(63), "Größe \"1\" 'a' \\ $howdah$", "ü".repeat(31))) {
            DatabaseName name = new DatabaseName(odd);
            SERVERS.ensureDatabase(ADDRESS, new DatabaseSpec(name, List.of("hstore")));
            LoginRole role = binding(new RoleName("b \"" + odd.substring(0, 20) + "'"), name);
            SERVERS.ensureLoginRole(ADDRESS, role);
            SERVERS.ensureLoginRole(ADDRESS, role);

            assertThat(SERVERS.loginRoles(ADDRESS, name)).containsExactly(role.name());
            assertThat(SERVERS.dropLoginRole(ADDRESS, role.name(), name)).isInstanceOf(DropOutcome.Dropped.class);
            SERVERS.dropDatabase(ADDRESS, name);
        }
    }

    @Test
    void trustedExtensionsGoToPublicAndOthersWhereNoBindingCanTrapThem() throws SQLException {
        SERVERS.ensureDatabase(ADDRESS, new DatabaseSpec(database.name, List.of("hstore", "dblink", "citext")));

        try (Connection client = database.login(database.bind("a"))) {
            assertThat(column(
                            client,
                            "SELECT extname || ' in ' || extnamespace::regnamespace FROM pg_extension ORDER BY 1"))
                    .containsExactly(
                            "citext in public", "dblink in extensions", "hstore in public", "plpgsql in pg_catalog");
            assertThat(column(client, "SELECT dblink_get_connections() IS NULL"))
                    .containsExactly("t");
            run(client, "CREATE TABLE letters (body citext)", "DROP EXTENSION hstore");
        }
    }

    @Test
    void anExtensionThatIsNotThereIsRefusedByName() {
        assertThatThrownBy(() -> SERVERS.ensureDatabase(ADDRESS, new DatabaseSpec(database.name, List.of("no_such"))))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("extension no_such is not available on this server");
    }

    @Test
    void anExtensionIsNotInstalledIntoASchemaThatABindingHasMade() throws SQLException {
        try (Connection client = database.login(database.bind("a"))) {
            run(client, "CREATE SCHEMA extensions");
        }

        assertThatThrownBy(() -> SERVERS.ensureDatabase(ADDRESS, new DatabaseSpec(database.name, List.of("dblink"))))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("needs a schema extensions of its own");
    }

    private static LoginRole binding(RoleName role, DatabaseName database) {
        return new LoginRole(role, database, Access.READ_WRITE, () -> TestDatabase.PASSWORD, null, null, null, null);
    }
}
