package dev.howdah.bench;

import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Measures how long a platform waits, one instance after the other: from the PUT of an instance to the first SQL statement with the
 * credentials of a binding, and back.
 */
final class TimeToCredentials {
    private final BrokerClient broker;
    private final Samples samples;

    TimeToCredentials(URI url, String user, String password, String plan, Samples samples) {
        this.broker = new BrokerClient(url, user, password, plan);
        this.samples = samples;
    }

    void run(int rounds) throws SQLException {
        round(new Samples()); // the first request of a JVM measures class loading
        for (int round = 0; round < rounds; round++) {
            round(samples);
        }
    }

    private void round(Samples into) throws SQLException {
        String instance = UUID.randomUUID().toString();
        String binding = UUID.randomUUID().toString();

        Stopwatch total = new Stopwatch();
        HttpResponse<String> accepted = broker.requestInstance(instance);
        broker.await(instance, accepted);
        into.add("provision: PUT to ready", total.elapsed());
        Stopwatch bind = new Stopwatch();
        JsonNode credentials = broker.bind(instance, binding);
        into.add("bind", bind.elapsed());
        Stopwatch login = new Stopwatch();
        select1(credentials.get("jdbc_url").asString());
        into.add("first login and statement", login.elapsed());
        into.add("**PUT to usable credentials**", total.elapsed());

        Stopwatch unbind = new Stopwatch();
        broker.unbind(instance, binding);
        into.add("unbind", unbind.elapsed());
        Stopwatch deprovision = new Stopwatch();
        broker.await(instance, broker.deprovision(instance));
        into.add("deprovision", deprovision.elapsed());
    }

    private static void select1(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }
}
