package dev.howdah.bench;

import dev.howdah.bench.PhaseWatch.Phase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Measures how long a platform waits, one instance after the other: from the PUT of an instance to the first SQL statement
 * with the credentials of a binding, and back.
 */
final class TimeToCredentials {
    static final String USABLE = "**PUT to the first SQL statement with the credentials**";
    static final String BIND = "bind";
    static final String UNBIND = "unbind";

    private final BrokerClient broker;
    private final PhaseWatch watch;
    private final BareBinding bareBinding;

    TimeToCredentials(BrokerClient broker, PhaseWatch watch, BareBinding bareBinding) {
        this.broker = broker;
        this.watch = watch;
        this.bareBinding = bareBinding;
    }

    /** @param phases of the provision, since its beginning */
    void round(Samples samples, Samples phases) throws SQLException {
        String instance = UUID.randomUUID().toString();
        String binding = UUID.randomUUID().toString();

        long begun = System.nanoTime();
        Stopwatch total = new Stopwatch();
        broker.provision(instance);
        Duration ready = total.elapsed();
        Stopwatch bind = new Stopwatch();
        JsonNode credentials = broker.bind(instance, binding);
        Duration bound = bind.elapsed();
        Duration answered = total.elapsed();
        select1(credentials.path("jdbc_url").asString());
        Duration usable = total.elapsed();

        samples.add("PUT to instance ready", ready);
        samples.add(BIND, bound);
        samples.add(USABLE, usable);
        for (Phase phase : Phase.values()) {
            watch.at(phase, "pg-" + instance)
                    .ifPresent(at -> phases.add(phase.text, Duration.ofNanos(Math.max(0, at - begun))));
        }
        phases.add("provision answered", ready);
        phases.add("bound: bind answered", answered);
        phases.add("first SQL statement with the credentials", usable);

        Stopwatch unbind = new Stopwatch();
        broker.unbind(instance, binding);
        samples.add(UNBIND, unbind.elapsed());
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
