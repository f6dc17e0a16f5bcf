package dev.howdah.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testing.EmbeddedBroker;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.LocalProcess;
import dev.howdah.testing.embedded.ProcessReaper;
import dev.howdah.testing.embedded.api.NodePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The jar in a process of its own, with health and metrics on a port of their own, as it is installed. */
final class PackagedBroker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();
    private final Path log = folder.resolve("broker.log");
    private final int port;
    private final int managementPort;
    private final LocalProcess process;

    private PackagedBroker(EmbeddedKubernetes kubernetes, NodePorts ports, Map<String, String> environment) {
        port = ports.next();
        managementPort = ports.next();
        Map<String, String> variables = new HashMap<>(Map.of(
                // In a pod there is no kubeconfig to be read either.
                "KUBERNETES_AUTH_TRYKUBECONFIG", "false",
                "KUBERNETES_MASTER", kubernetes.config().getMasterUrl(),
                "KUBERNETES_AUTH_TOKEN", String.valueOf(kubernetes.config().getOauthToken())));
        variables.putAll(environment);
        process = LocalProcess.start(command(), variables, folder, log);
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param environment variables besides those that it needs to find the API server
     */
    static PackagedBroker start(EmbeddedKubernetes kubernetes, NodePorts ports, Map<String, String> environment) {
        PackagedBroker broker = new PackagedBroker(kubernetes, ports, environment);
        await().atMost(PATIENCE)
                .failFast("The broker ended", broker::requireAlive)
                .ignoreExceptions()
                .until(() ->
                        broker.management().get("/actuator/health/readiness").status() == 200);
        return broker;
    }

    private void requireAlive() {
        assertThat(process.isAlive()).as(this::log).isTrue();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                JAVA.toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                Objects.requireNonNull(
                        System.getProperty("howdah.jar"), "howdah.jar: see the execution packaged in pom.xml")));
        Map<String, String> properties = new HashMap<>(EmbeddedBroker.PROPERTIES);
        properties.put("server.port", String.valueOf(port));
        properties.put("management.server.port", String.valueOf(managementPort));
        // So that variables can say otherwise.
        properties.remove("howdah.tls.mode");
        properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    int port() {
        return port;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    OsbClient osb() {
        return OsbClient.of(url(), EmbeddedBroker.USER, EmbeddedBroker.PASSWORD);
    }

    OsbClient management() {
        return OsbClient.of(
                URI.create("http://127.0.0.1:" + managementPort), EmbeddedBroker.USER, EmbeddedBroker.PASSWORD);
    }

    /** Whether it took the beans that were prepared with the jar. */
    boolean tookPreparedBeans() {
        return log().contains("Starting AOT-processed HowdahApplication");
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** SIGTERM, and the status it ends with. */
    int end() {
        process.signal("TERM");
        return process.onExit().join();
    }

    @Override
    public void close() {
        process.signal("KILL");
        process.onExit().join();
        ProcessReaper.remove(folder);
    }
}
