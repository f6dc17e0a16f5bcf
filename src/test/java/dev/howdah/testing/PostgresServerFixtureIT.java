package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresServerFixtureIT {

    @Test
    void theSharedServerAnswersOverTls() throws SQLException {
        try (Connection connection = PostgresServerFixture.shared().connect()) {
            assertThat(query(connection, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                    .isEqualTo("t");
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        PostgresServerFixture server = PostgresServerFixture.shared();

        assertThatThrownBy(() -> server.connect("postgres", server.superuser(), "wrong"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void aPrivateServerKeepsItsDataWhenItIsStoppedAndRestarted() throws SQLException {
        try (PostgresServerFixture server = PostgresServerFixture.start()) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table kept as select 42 as answer");
            }

            server.stop();
            server.restart();

            try (Connection connection = server.connect()) {
                assertThat(query(connection, "select answer from kept")).isEqualTo("42");
            }
        }
    }

    @Test
    void aPrivateServerThatWasKilledStartsAgain() throws SQLException {
        try (PostgresServerFixture server = PostgresServerFixture.start()) {
            server.kill();
            assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);

            server.restart();

            try (Connection connection = server.connect()) {
                assertThat(query(connection, "select 1")).isEqualTo("1");
            }
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
