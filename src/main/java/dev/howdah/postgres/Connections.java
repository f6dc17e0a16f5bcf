package dev.howdah.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens the administrator's connections: short-lived, bounded, deaf to whatever the server's tenants may have set up. */
final class Connections {
    /** Every server has it, nobody but the administrator may connect to it. */
    static final String MAINTENANCE_DATABASE = "postgres";

    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private final PostgresProperties properties;
    private final Driver driver = new Driver();

    Connections(PostgresProperties properties) {
        this.properties = properties;
    }

    Session open(ServerAddress address, DatabaseName database) {
        return open(address, database.value());
    }

    /** @throws PostgresException of the kind that tells why there is no connection */
    Session open(ServerAddress address, String database) {
        try {
            return new Session(connect(address, database), database);
        } catch (SQLException failure) {
            throw Failures.translated(failure);
        }
    }

    Connection connect(ServerAddress address, String database) throws SQLException {
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        String url = "jdbc:postgresql://" + host + ":" + address.port() + "/" + URLEncoder.encode(database, UTF_8);
        Connection connection = driver.connect(url, driverProperties(address));
        if (connection == null) {
            throw new IllegalStateException("pgjdbc does not take its own URL for " + address);
        }
        return connection;
    }

    private Properties driverProperties(ServerAddress address) {
        Properties driver = new Properties();
        PGProperty.USER.set(driver, address.user());
        PGProperty.PASSWORD.set(driver, address.password());
        PGProperty.APPLICATION_NAME.set(driver, "howdah");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(driver, "14"); // saves the round trips that ask
        PGProperty.CONNECT_TIMEOUT.set(driver, (int) properties.connectTimeout().toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(driver, (int) properties.socketTimeout().toSeconds());
        PGProperty.GSS_ENC_MODE.set(driver, "disable");
        PGProperty.PREFER_QUERY_MODE.set(driver, "simple"); // nothing runs twice, so nothing is worth preparing
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(driver, false); // details may quote statements and data
        PGProperty.OPTIONS.set(driver, sessionOptions());
        trust(address, driver);
        return driver;
    }

    // search_path: no object of a tenant may stand in for one of PostgreSQL's in a superuser's session.
    // synchronous_commit: administration must not hang when a synchronous standby is away.
    private String sessionOptions() {
        return "-c search_path= -c synchronous_commit=local -c client_min_messages=warning"
                + " -c default_transaction_read_only=off -c idle_in_transaction_session_timeout="
                + properties.socketTimeout().toMillis()
                + " -c statement_timeout=" + properties.statementTimeout().toMillis()
                + " -c lock_timeout=" + properties.lockTimeout().toMillis();
    }

    // A certificate cannot list the addresses of nodes and load balancers in advance, so only a DNS name is compared
    // with it.
    private static void trust(ServerAddress address, Properties driver) {
        String authorities = address.caCertificate();
        if (authorities == null) {
            PGProperty.SSL_MODE.set(driver, "disable");
            return;
        }
        PGProperty.SSL_MODE.set(driver, IP_ADDRESS.matcher(address.host()).matches() ? "verify-ca" : "verify-full");
        PGProperty.SSL_FACTORY.set(driver, AuthorityTrust.class.getName());
        PGProperty.SSL_FACTORY_ARG.set(driver, authorities);
    }
}
