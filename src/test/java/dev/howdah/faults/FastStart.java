package dev.howdah.faults;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.ProcessReaper;
import dev.howdah.testing.embedded.api.NodePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A run with hundreds of kills starts hundreds of brokers: it is worth to record once what each of them loads (JEP 514). */
final class FastStart {
    private static final Path CACHE =
            ProcessReaper.ofThisJvm().temporaryFolder().resolve("broker.aot");

    private FastStart() {}

    /** Starts a broker once and ends it, so that all that come later start in half the time. */
    static void record(EmbeddedKubernetes kubernetes, NodePorts ports) {
        if (!Settings.fastStart()) {
            return;
        }
        try (BrokerProcess broker = BrokerProcess.of(
                "recording", kubernetes, ports, Map.of("howdah.reconcile", "false", "server.shutdown", "immediate"))) {
            broker.launch(List.of("-XX:AOTCacheOutput=" + CACHE));
            broker.awaitReady();
            broker.osb().get("/v2/catalog");
            broker.end(Duration.ofMinutes(5));
        }
    }

    static List<String> options() {
        return Files.exists(CACHE) ? List.of("-XX:AOTCache=" + CACHE) : List.of();
    }
}
