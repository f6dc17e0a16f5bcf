package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.ADDRESS;
import static dev.howdah.postgres.TestDatabase.SERVERS;
import static dev.howdah.postgres.TestDatabase.column;
import static dev.howdah.postgres.TestDatabase.refusal;
import static dev.howdah.postgres.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginRoleIT {
    private static TestDatabase database;

    @BeforeAll
    static void aDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void dropped() {
        database.close();
    }

    private static LoginRole limited(
            String binding,
            @Nullable Integer connections,
            @Nullable String timeout,
            @Nullable String searchPath,
            @Nullable Instant until) {
        LoginRole plain = database.role(binding, Access.READ_WRITE);
        return new LoginRole(
                plain.name(),
                plain.database(),
                plain.access(),
                plain.password(),
                connections,
                timeout,
                searchPath,
                until);
    }

    private static void ensure(LoginRole role) {
        SERVERS.ensureLoginRole(ADDRESS, role);
    }

    @Test
    void hasTheLimitsThatWereAskedFor() throws SQLException {
        LoginRole role =
                limited("limited", 1, "1234ms", "App, \"$user\",public", Instant.parse("2099-01-01T00:00:00Z"));
        ensure(role);

        try (Connection client = database.login(role)) {
            assertThat(column(client, "SHOW statement_timeout")).containsExactly("1234ms");
            assertThat(column(client, "SHOW search_path")).containsExactly("app, \"$user\", public");
            assertThat(refusal(() -> database.login(role)).sqlState()).isEqualTo("53300");
        }
        assertThat(database.asAdmin(
                        "SELECT extract(year FROM rolvaliduntil AT TIME ZONE 'UTC') FROM pg_roles WHERE rolname = '%s'"
                                .formatted(role.name())))
                .containsExactly("2099");
    }

    @Test
    void losesALimitThatIsNoLongerAskedFor() throws SQLException {
        ensure(limited("freed", 1, "1s", "x", Instant.parse("2099-01-01T00:00:00Z")));
        LoginRole free = limited("freed", null, null, null, null);

        ensure(free);

        try (Connection client = database.login(free);
                Connection second = database.login(free)) {
            assertThat(column(client, "SHOW statement_timeout")).containsExactly("0");
            assertThat(column(second, "SHOW search_path")).containsExactly("\"$user\", public");
        }
    }

    @Test
    void cannotLogInAfterItsTime() {
        LoginRole expired = limited("expired", null, null, null, Instant.parse("2001-01-01T00:00:00Z"));
        ensure(expired);

        assertThat(refusal(() -> database.login(expired)).sqlState()).isEqualTo("28P01");
    }

    @Test
    void isDisabledWithItsSessions() throws SQLException {
        LoginRole role = database.bind("disabled");
        try (Connection client = database.login(role)) {
            SERVERS.disableLoginRole(ADDRESS, role.name());

            assertThat(refusal(() -> run(client, "SELECT 1")).sqlState()).startsWith("57P");
        }
        SERVERS.disableLoginRole(ADDRESS, role.name());
        SERVERS.disableLoginRole(ADDRESS, new RoleName("nobody_of_that_name"));

        assertThatThrownBy(() -> database.login(role)).hasMessageContaining("not permitted to log in");
        assertThat(SERVERS.loginRoles(ADDRESS, database.name)).contains(role.name());
        ensure(role);
        database.login(role).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP OWNED BY {me}; DROP ROLE {me}",
                "ALTER ROLE {me} NOLOGIN",
                "ALTER ROLE {me} SUPERUSER CREATEROLE",
                "ALTER ROLE {me} NOINHERIT",
                "ALTER ROLE {me} CONNECTION LIMIT 0",
                "ALTER ROLE {me} VALID UNTIL '2001-01-01'",
                "ALTER ROLE {me} PASSWORD 'changed by hand'",
                "ALTER ROLE {me} PASSWORD NULL",
                "SET password_encryption = 'md5'; ALTER ROLE {me} PASSWORD 'changed by hand'",
                "REVOKE {owner} FROM {me}",
                "GRANT {owner} TO {me} WITH ADMIN OPTION",
                "GRANT pg_execute_server_program TO {me}",
                "GRANT {reader} TO {me}",
                "ALTER ROLE {me} IN DATABASE {db} RESET role",
                "ALTER ROLE {me} IN DATABASE {db} RESET ALL",
                "ALTER ROLE {me} IN DATABASE {db} SET role = {reader}",
                "ALTER ROLE {me} IN DATABASE {db} SET statement_timeout = 1",
                "COMMENT ON ROLE {me} IS NULL"
            })
    void whatWasChangedByHandIsPutBack(String change) throws SQLException {
        LoginRole role = database.bind("drift");
        List<String> before = state(role);
        try (Connection admin = database.admin()) {
            run(
                    admin,
                    change.replace("{me}", role.name().quoted())
                            .replace("{owner}", database.name.owner().quoted())
                            .replace("{reader}", database.name.reader().quoted())
                            .replace("{db}", database.name.quoted()));
        }

        ensure(role);

        assertThat(state(role)).isEqualTo(before);
        try (Connection client = database.login(role)) {
            assertThat(column(client, "SELECT current_user"))
                    .containsExactly(database.name.owner().value());
        }
    }

    private static List<String> state(LoginRole role) throws SQLException {
        return database.asAdmin("""
                SELECT concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcanlogin, rolconnlimit, COALESCE(rolvaliduntil, 'infinity'),
                    shobj_description(oid, 'pg_authid'), ARRAY(SELECT unnest(setconfig) FROM pg_db_role_setting WHERE setrole = pg_roles.oid ORDER BY 1),
                    ARRAY(SELECT roleid::regrole || ' ' || admin_option FROM pg_auth_members WHERE member = pg_roles.oid ORDER BY 1))
                FROM pg_roles WHERE rolname = '%s'""".formatted(role.name()));
    }

    @Test
    void changesBetweenReadingAndWriting() throws SQLException {
        LoginRole writer = database.bind("both");

        LoginRole reader = database.bind("both", Access.READ_ONLY);

        try (Connection client = database.login(reader)) {
            assertThat(column(client, "SELECT current_user"))
                    .containsExactly(reader.name().value());
            String becomeOwner = "SET ROLE " + database.name.owner().quoted();
            assertThat(refusal(() -> run(client, becomeOwner)).message()).contains("permission denied");
        }
        ensure(writer);
        try (Connection client = database.login(writer)) {
            run(client, "CREATE TABLE writes (id int)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "soon, , invalid value for parameter \"statement_timeout\"",
        ", 'a,,b', use schema names",
        ", '\"a', use schema names"
    })
    void aValueThatCannotBeIsRefusedAndNothingIsMade(@Nullable String timeout, @Nullable String path, String reason) {
        LoginRole wrong = limited("wrong", null, timeout, path, null);

        assertThatThrownBy(() -> ensure(wrong))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(reason);

        assertThat(SERVERS.loginRoles(ADDRESS, database.name)).doesNotContain(wrong.name());
    }

    @Test
    void aRoleThatSomebodyElseMadeIsLeftAlone() throws SQLException {
        LoginRole taken = database.role("taken", Access.READ_WRITE);
        try (Connection admin = database.admin()) {
            run(
                    admin,
                    "CREATE ROLE %s SUPERUSER LOGIN PASSWORD 'theirs'"
                            .formatted(taken.name().quoted()));

            assertThatThrownBy(() -> ensure(taken))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("is no binding of database");

            run(admin, "DROP ROLE " + taken.name().quoted());
        }
    }

    @Test
    void aBindingThatChangedItsPasswordHasTheSecretsAgain() throws SQLException {
        LoginRole role = database.bind("selfish");
        try (Connection client = database.login(role)) {
            run(client, "SET ROLE NONE", "ALTER ROLE CURRENT_USER PASSWORD 'own'");
        }

        ensure(role);

        database.login(role).close();
    }

    @Test
    void itsPasswordIsInNoText() {
        LoginRole role = database.role("secret", Access.READ_WRITE);

        assertThat(role.toString()).doesNotContain(role.password().get());
        assertThat(ADDRESS.toString()).doesNotContain(ADDRESS.password());
    }
}
