package dev.howdah.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Lets one fault after the other happen, by chance, and takes each back. */
final class Chaos {
    private final List<BrokerProcess> brokers;
    private final Postmasters postmasters;
    private final SplittableRandom random;
    private final Summary summary;
    private final Supplier<List<Database>> clients;

    /** @param clients databases that an application may overload */
    Chaos(
            List<BrokerProcess> brokers,
            Postmasters postmasters,
            SplittableRandom random,
            Summary summary,
            Supplier<List<Database>> clients) {
        this.brokers = brokers;
        this.postmasters = postmasters;
        this.random = random;
        this.summary = summary;
        this.clients = clients;
    }

    /** One thing that goes wrong, for a while. */
    private record Fault(String name, Runnable effect) {}

    void until(long nanoTime) {
        List<Fault> faults = faults();
        while (System.nanoTime() < nanoTime) {
            Fault fault = faults.get(random.nextInt(faults.size()));
            summary.count("faults");
            summary.count("fault: " + fault.name());
            summary.say(fault.name());
            fault.effect().run();
            Waiting.pause(random.nextInt(3000));
        }
    }

    private List<Fault> faults() {
        return List.of(
                new Fault("broker killed", this::kill),
                new Fault("broker killed", this::kill),
                new Fault("broker killed at an effect", this::killAtEffect),
                new Fault("broker killed at an effect", this::killAtEffect),
                new Fault("broker killed at a statement", this::killAtStatement),
                new Fault("broker killed at a statement", this::killAtStatement),
                new Fault("all brokers killed", () -> {
                    brokers.forEach(BrokerProcess::kill);
                    brokers.forEach(BrokerProcess::launch);
                }),
                new Fault("broker stopped and continued", () -> pause(2, 15)),
                new Fault("broker stopped for a minute and continued", () -> pause(60, 61)),
                new Fault("API refuses one broker", () -> refuse(List.of(any()), 2, 15)),
                new Fault("API refuses everybody", () -> refuse(brokers, 2, 15)),
                new Fault("API refuses everybody for a minute", () -> refuse(brokers, 60, 61)),
                new Fault("API swallows the requests of one broker", this::swallow),
                new Fault("API makes mistakes", () -> noise(10)),
                new Fault("API makes mistakes", () -> noise(10)),
                new Fault("API makes many mistakes", () -> noise(40)),
                new Fault(
                        "watches dropped",
                        () -> brokers.forEach(broker -> broker.api().dropConnections())),
                new Fault("network to the servers cut", () -> network(SocksProxy::cut)),
                new Fault("network to the servers swallows all", () -> network(SocksProxy::freeze)),
                new Fault(
                        "network to the servers is slow",
                        () -> network(proxy -> proxy.delay(50 + random.nextInt(300)))),
                new Fault("server killed", () -> postgres("KILL", "CONT", 0)),
                new Fault("server killed", () -> postgres("KILL", "CONT", 0)),
                new Fault("server restarted at once", () -> postgres("QUIT", "CONT", 0)),
                new Fault("server stopped and continued", () -> postgres("STOP", "CONT", 2 + random.nextInt(15))),
                new Fault("connections exhausted", this::exhaust));
    }

    private BrokerProcess any() {
        return brokers.get(random.nextInt(brokers.size()));
    }

    private void hold(int from, int to) {
        Waiting.pause(Duration.ofSeconds(from).toMillis() + random.nextInt((to - from) * 1000));
    }

    private void kill() {
        BrokerProcess broker = any();
        broker.kill();
        summary.count("kills");
        Waiting.pause(random.nextInt(2000));
        broker.launch();
    }

    /** Kills between two effects: what was done last has happened, whether the broker was told so or not. */
    private void killAtEffect() {
        killAt(random.nextBoolean() ? AtEffect.Kind.WRITE_TOLD : AtEffect.Kind.WRITE_UNTOLD, 1 + random.nextInt(10));
    }

    private void killAtStatement() {
        killAt(AtEffect.Kind.STATEMENT, 1 + random.nextInt(40));
    }

    private void killAt(AtEffect.Kind kind, int number) {
        BrokerProcess broker = any();
        if (AtEffect.set(broker, kind, number).kill(Duration.ofSeconds(20))) {
            summary.count("kills");
            summary.count("kills at " + kind);
        }
        broker.launch();
    }

    private void pause(int from, int to) {
        BrokerProcess broker = any();
        broker.pause();
        hold(from, to);
        broker.resume();
    }

    private void refuse(List<BrokerProcess> whom, int from, int to) {
        whom.forEach(broker -> broker.api().refuse());
        hold(from, to);
        whom.forEach(broker -> broker.api().listen());
    }

    private void swallow() {
        BrokerProcess broker = any();
        broker.api().judge(_ -> new Verdict.Hold());
        hold(5, 30);
        broker.api().judge(_ -> Verdict.PASS);
        broker.api().dropConnections();
    }

    private void noise(int percent) {
        ApiNoise noise = new ApiNoise(random.split(), summary, percent);
        brokers.forEach(broker -> broker.api().judge(noise));
        hold(10, 30);
        brokers.forEach(broker -> broker.api().judge(_ -> Verdict.PASS));
    }

    private void network(java.util.function.Consumer<SocksProxy> fault) {
        List<BrokerProcess> whom = random.nextBoolean() ? brokers : List.of(any());
        whom.forEach(broker -> fault.accept(broker.sql()));
        hold(3, 20);
        whom.forEach(broker -> broker.sql().heal());
    }

    private void postgres(String signal, String after, int seconds) {
        postmasters.any(random).ifPresent(server -> {
            Postmasters.signal(server, signal);
            Waiting.pause(seconds * 1000L);
            if (seconds > 0) {
                Postmasters.signal(server, after);
            }
        });
    }

    private void exhaust() {
        List<Database> all = clients.get();
        if (all.isEmpty()) {
            return;
        }
        Database database = all.get(random.nextInt(all.size()));
        List<Connection> taken = new ArrayList<>();
        var full = new AtomicBoolean();
        while (!full.get() && taken.size() < 300) {
            try {
                taken.add(database.connect());
            } catch (SQLException noMore) {
                full.set(true);
            }
        }
        hold(3, 10);
        taken.forEach(Chaos::close);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // The server may have been killed meanwhile.
        }
    }

    /** Takes everything back that may still be wrong. */
    void heal() {
        for (BrokerProcess broker : brokers) {
            broker.api().judge(_ -> Verdict.PASS);
            broker.api().listen();
            broker.sql().heal();
            broker.resume();
            broker.launch();
        }
        brokers.forEach(BrokerProcess::awaitReady);
    }
}
