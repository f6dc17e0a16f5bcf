package dev.howdah.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection of the administrator. Failures come out as {@link PostgresException}. */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final String database;

    Session(Connection connection, String database) {
        this.connection = connection;
        this.database = database;
    }

    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw Failures.translated(failure);
        }
    }

    /** @param sql one statement or several; the rows are the last one's */
    <T> List<T> query(String sql, Row<T> row) {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            ResultSet last = statement.getResultSet();
            while (rows || statement.getUpdateCount() >= 0) {
                last = statement.getResultSet();
                rows = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
            }
            return last == null ? List.of() : all(last, row);
        } catch (SQLException failure) {
            throw Failures.translated(failure);
        }
    }

    private static <T> List<T> all(ResultSet results, Row<T> row) throws SQLException {
        List<T> rows = new ArrayList<>();
        while (results.next()) {
            rows.add(row.of(results));
        }
        return rows;
    }

    List<String> strings(String sql) {
        return query(sql, row -> row.getString(1));
    }

    Optional<String> string(String sql) {
        return strings(sql).stream().findFirst();
    }

    boolean isTrue(String condition) {
        return query("SELECT " + condition, row -> row.getBoolean(1)).getFirst();
    }

    /** All of it or nothing. */
    void inTransaction(Runnable work) {
        try {
            connection.setAutoCommit(false);
            work.run();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (RuntimeException failure) {
            rollBack(failure);
            throw failure;
        } catch (SQLException failure) {
            PostgresException translated = Failures.translated(failure);
            rollBack(translated);
            throw translated;
        }
    }

    private void rollBack(RuntimeException reason) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException alsoFailed) {
            reason.addSuppressed(alsoFailed);
        }
    }

    /** Whether the server still does, within a second: it may have been stopped since the session was used last. */
    boolean answers() {
        try {
            return connection.isValid(1);
        } catch (SQLException failure) {
            return false;
        }
    }

    /** The database this session is in. */
    String database() {
        return database;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw Failures.translated(failure);
        }
    }
}
