package dev.howdah.postgres;

import dev.howdah.testing.PostgresServerFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own for a test, on the shared server, made by what is tested. */
final class TestDatabase implements AutoCloseable {
    static final PostgresServerFixture SERVER = PostgresServerFixture.shared();
    static final ServerAddress ADDRESS = new ServerAddress(
            SERVER.host(), SERVER.port(), SERVER.superuser(), SERVER.password(), SERVER.certificate());
    static final PostgresServers SERVERS = new DefaultPostgresServers(PostgresProperties.defaults());
    static final String PASSWORD = "correcthorsebatterystaplecorrecthorse";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final DatabaseName name = new DatabaseName("app" + NUMBER.incrementAndGet());

    TestDatabase(String... extensions) {
        SERVERS.ensureDatabase(ADDRESS, new DatabaseSpec(name, List.of(extensions)));
    }

    /** The role that a binding of that short name has; it is not made yet. */
    LoginRole role(String binding, Access access) {
        return new LoginRole(
                new RoleName(name + "_b_" + binding), name, access, () -> PASSWORD, null, null, null, null);
    }

    LoginRole bind(String binding) {
        return bind(binding, Access.READ_WRITE);
    }

    LoginRole bind(String binding, Access access) {
        LoginRole role = role(binding, access);
        SERVERS.ensureLoginRole(ADDRESS, role);
        return role;
    }

    DropOutcome unbind(LoginRole role) {
        return SERVERS.dropLoginRole(ADDRESS, role.name(), name);
    }

    Connection login(LoginRole role) throws SQLException {
        return SERVER.connect(name.value(), role.name().value(), role.password().get());
    }

    Connection admin() throws SQLException {
        return SERVER.connect(name.value());
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static List<String> column(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        }
    }

    /** What a statement was refused with; fails if it was not. */
    static Refusal refusal(Attempt attempt) {
        try {
            attempt.run();
        } catch (SQLException refused) {
            return new Refusal(String.valueOf(refused.getSQLState()), String.valueOf(refused.getMessage()));
        }
        throw new AssertionError("Nothing was refused");
    }

    record Refusal(String sqlState, String message) {}

    @FunctionalInterface
    interface Attempt {
        void run() throws SQLException;
    }

    List<String> asAdmin(String query) throws SQLException {
        try (Connection admin = admin()) {
            return column(admin, query);
        }
    }

    /** Every object in the database that is not PostgreSQL's or the administrator's, with its owner. */
    List<String> objectsNotOwnedByTheOwner() throws SQLException {
        return asAdmin("""
                SELECT pg_describe_object(classid, objid, 0) || ' of ' || refobjid::regrole FROM pg_shdepend
                WHERE deptype = 'o' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND refobjid <> '%s'::regrole AND classid <> 'pg_user_mapping'::regclass""".formatted(name.owner().quoted()));
    }

    @Override
    public void close() {
        SERVERS.dropDatabase(ADDRESS, name);
    }
}
