package dev.howdah.faults;

import dev.howdah.HowdahApplication;
import dev.howdah.testing.EmbeddedBroker;
import dev.howdah.testing.Kubeconfig;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The broker as it is shipped, in a process of its own, which can be killed and stopped. It reaches the API server and the
 * PostgreSQL servers through proxies of its own.
 */
final class BrokerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(10);
    private static final List<String> JVM = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED");

    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();
    private final Path kubeconfig;
    private final Path log;
    private final ApiProxy api;
    private final SocksProxy sql = SocksProxy.start();
    private final Map<String, String> properties;
    private final int port;
    private @Nullable LocalProcess process;
    private final AtomicInteger signals = new AtomicInteger();

    private BrokerProcess(String name, EmbeddedKubernetes kubernetes, int port, Map<String, String> properties) {
        this.api = ApiProxy.start(kubernetes.config());
        this.port = port;
        this.kubeconfig = folder.resolve("kubeconfig");
        this.log = Summary.folder().resolve(name + "-" + ProcessHandle.current().pid() + ".log");
        this.properties = new HashMap<>(EmbeddedBroker.PROPERTIES);
        this.properties.put("server.port", String.valueOf(port));
        this.properties.put("spring.config.additional-location", catalog());
        this.properties.putAll(properties);
        write(kubeconfig, Kubeconfig.of(api.url(), kubernetes.config().getOauthToken()));
    }

    /**
     * Makes one that is not running yet.
     *
     * @param properties of Spring, on top of those of the embedded run
     */
    static BrokerProcess of(
            String name, EmbeddedKubernetes kubernetes, NodePorts ports, Map<String, String> properties) {
        return new BrokerProcess(name, kubernetes, ports.next(), properties);
    }

    /** Its API. It may be down. */
    OsbClient osb() {
        return OsbClient.of(url(), EmbeddedBroker.USER, EmbeddedBroker.PASSWORD);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    ApiProxy api() {
        return api;
    }

    SocksProxy sql() {
        return sql;
    }

    Path log() {
        return log;
    }

    synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Starts it, and does not wait. */
    void launch() {
        launch(FastStart.options());
    }

    /** @param options of the JVM */
    synchronized void launch(List<String> options) {
        if (isRunning()) {
            return;
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(options);
        command.add("-DsocksProxyHost=127.0.0.1");
        command.add("-DsocksProxyPort=" + sql.port());
        command.add("-DsocksNonProxyHosts=");
        command.addAll(List.of("-cp", ClassPath.ofBroker(), HowdahApplication.class.getName()));
        properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        signals.updateAndGet(number -> number + number % 2);
        process = LocalProcess.start(command, Map.of("KUBECONFIG", kubeconfig.toString()), folder, log);
    }

    /** Starts it, and waits until it answers. */
    void start() {
        launch();
        awaitReady();
    }

    void awaitReady() {
        Waiting.until("the broker answers", START, () -> {
            if (!isRunning()) {
                throw new IllegalStateException("The broker ended; see " + log);
            }
            return osb().get("/actuator/health/readiness").status() == 200;
        });
    }

    /** What the process holds in memory. */
    synchronized long residentMebibytes() throws IOException {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc", String.valueOf(process().pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** SIGKILL; returns when it is gone. */
    synchronized void kill() {
        if (process != null) {
            process.signal("KILL");
            process.onExit().join();
        }
    }

    /** SIGTERM; waits until it has ended. */
    synchronized void end(Duration patience) {
        if (process != null) {
            process.signal("TERM");
            process.onExit().orTimeout(patience.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /** SIGSTOP. */
    synchronized void pause() {
        if (isRunning()) {
            process().signal("STOP");
            signals.incrementAndGet();
        }
    }

    /** SIGCONT. */
    synchronized void resume() {
        if (signals.get() % 2 == 1 && isRunning()) {
            process().signal("CONT");
            signals.incrementAndGet();
        }
    }

    /** Odd while it is stopped; another number than before if it was stopped or continued since. */
    int stopsAndContinuations() {
        return signals.get();
    }

    private LocalProcess process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private static String catalog() {
        return String.valueOf(BrokerProcess.class.getResource("/faults-catalog.yml"));
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        api.close();
        sql.close();
        ProcessReaper.remove(folder);
    }
}
