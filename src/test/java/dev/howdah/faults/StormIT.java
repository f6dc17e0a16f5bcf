package dev.howdah.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.api.NodePorts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two replicas under load, while everything around them and they themselves fail at random. */
@Tag("faults")
class StormIT {
    private static final EmbeddedKubernetes KUBERNETES = EmbeddedKubernetes.start();
    private static final NodePorts PORTS = NodePorts.reserve();
    private static final Summary SUMMARY = new Summary("storm", KUBERNETES.toString(), Settings.seed());
    private static final List<BrokerProcess> BROKERS = Stream.of("left", "right")
            .map(name -> BrokerProcess.of("storm-" + name, KUBERNETES, PORTS, election()))
            .toList();

    private static Map<String, String> election() {
        return Map.of("howdah.drift-check", "1m");
    }

    @BeforeAll
    static void start() {
        FastStart.record(KUBERNETES, PORTS);
        BROKERS.forEach(BrokerProcess::launch);
        BROKERS.forEach(BrokerProcess::awaitReady);
    }

    @AfterAll
    static void stop() {
        SUMMARY.write();
        BROKERS.forEach(BrokerProcess::close);
        PORTS.close();
        KUBERNETES.close();
    }

    @Test
    void nothingIsLostStuckOrLeftOver() throws Exception {
        Storm storm = new Storm(KUBERNETES, BROKERS, SUMMARY, Settings.seed());

        storm.rage(Settings.duration(), Settings.actors());

        assertThat(SUMMARY.broken()).isEmpty();
    }
}
