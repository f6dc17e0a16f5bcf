package dev.howdah.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A plain PostgreSQL server for tests, with TLS, and a superuser who logs in with a password: a container where a Docker
 * engine answers, a local process of embedded binaries elsewhere. Durability is switched off.
 */
public sealed interface PostgresServerFixture extends AutoCloseable permits ContainerPostgres, ProcessPostgres {

    /** The one that all tests of this JVM share; it ends with the JVM. Tests create databases and roles of their own. */
    static PostgresServerFixture shared() {
        return SharedPostgres.SERVER;
    }

    /** A server of the caller's own, which it may stop, kill and restart, and closes. */
    static PostgresServerFixture start() {
        return SharedPostgres.start();
    }

    /** A host name or address, always loopback for a local process. */
    String host();

    /** The port clients connect to; may change when a stopped server starts again. */
    int port();

    default String superuser() {
        return "postgres";
    }

    String password();

    /** The server's certificate, which is its own authority, as PEM. */
    String certificate();

    /** Fast shutdown: clients are disconnected, data is kept. */
    void stop();

    /** Ends the server without any shutdown, as a crash would. */
    void kill();

    /** Starts a stopped or killed server again and waits until it answers. */
    void restart();

    /** Stops the server and removes its data. */
    @Override
    void close();

    /** A URL for pgjdbc without user and password. */
    default String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    /** A URL for pgjdbc of the database postgres, without user and password. */
    default String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** A new connection of the superuser to the database postgres. */
    default Connection connect() throws SQLException {
        return connect("postgres");
    }

    /** A new connection of the superuser to a database. */
    default Connection connect(String database) throws SQLException {
        return connect(database, superuser(), password());
    }

    /** A new connection of any user to a database, with TLS. */
    default Connection connect(String database, String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "require");
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }
}
