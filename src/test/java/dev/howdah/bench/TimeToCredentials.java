package dev.howdah.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Measures how long a platform waits, one instance after the other: from the PUT of an instance to the first SQL statement
 * with the credentials of a binding, and back.
 */
final class TimeToCredentials {
    private final BrokerClient broker;
    private final BareBinding bareBinding;

    TimeToCredentials(BrokerClient broker, BareBinding bareBinding) {
        this.broker = broker;
        this.bareBinding = bareBinding;
    }

    void round(Samples samples) throws SQLException {
        String instance = UUID.randomUUID().toString();
        String binding = UUID.randomUUID().toString();

        Stopwatch total = new Stopwatch();
        broker.provision(instance);
        samples.add("PUT to instance ready", total.elapsed());
        Stopwatch bind = new Stopwatch();
        JsonNode credentials = broker.bind(instance, binding);
        samples.add("bind", bind.elapsed());
        select1(credentials.path("jdbc_url").asString());
        samples.add("**PUT to first SQL statement with the credentials**", total.elapsed());

        Stopwatch unbind = new Stopwatch();
        broker.unbind(instance, binding);
        samples.add("unbind", unbind.elapsed());
        bareBinding.round(samples, instance, credentials);
        Stopwatch deprovision = new Stopwatch();
        broker.deprovision(instance);
        samples.add("deprovision, until all is gone", deprovision.elapsed());
    }

    static void select1(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }
}
