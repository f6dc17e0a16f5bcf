package dev.howdah.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import tools.jackson.databind.JsonNode;

/** What an application does with credentials. */
record Database(String url) {
    static Database of(JsonNode credentials) {
        return new Database(credentials.path("jdbc_url").asString());
    }

    Connection connect() throws SQLException {
        Properties patience = new Properties();
        patience.setProperty("connectTimeout", "5");
        patience.setProperty("loginTimeout", "10");
        patience.setProperty("socketTimeout", "20");
        return DriverManager.getConnection(url, patience);
    }

    /** Writes one row into the table of rows that must never be lost. */
    void insert(String row) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (id text PRIMARY KEY)");
            statement.execute("INSERT INTO kept VALUES ('" + row + "') ON CONFLICT DO NOTHING");
        }
    }

    int rows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM kept")) {
            result.next();
            return result.getInt(1);
        }
    }

    /** Whether the server refuses these credentials, as opposed to being away. */
    boolean isRefused() {
        try (Connection connection = connect()) {
            return false;
        } catch (SQLException failure) {
            return failure.getSQLState() != null && failure.getSQLState().startsWith("28");
        }
    }

    @Override
    public String toString() {
        return "Database[" + url.replaceAll("\\?.*", "") + "]";
    }
}
