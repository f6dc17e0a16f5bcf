package dev.howdah.bench;

import dev.howdah.bench.empty.EmptyApplication;
import dev.howdah.testing.EmbeddedBroker;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.embedded.ProcessReaper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the broker, and the application that does nothing, in JVMs of their own, as the image does it. */
final class Applications {
    /** What the image says, and what the JVM makes of it in a pod of 768 MiB. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=64m",
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "-Xms12m",
            "-Xmx460m",
            "-XX:+ExitOnOutOfMemoryError");

    /** As many as those of the broker's rehearsal. */
    private static final int TRAINING_REQUESTS = 50;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final UnpackedJars jars = new UnpackedJars();
    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();

    /** An application that runs, or will soon. */
    record Running(JavaProcess process, int port, String path, Map<String, String> headers) implements AutoCloseable {
        URI url() {
            return URI.create("http://127.0.0.1:" + port);
        }

        OsbClient osb() {
            return OsbClient.of(url(), EmbeddedBroker.USER, EmbeddedBroker.PASSWORD);
        }

        /** Waits for the first answer to what it is there for, and says how long after the start that was. */
        Duration firstAnswer() {
            FirstAnswer first = new FirstAnswer(port, path, headers);
            while (!first.came()) {
                process.requireAlive();
                if (process.age().compareTo(PATIENCE) > 0) {
                    throw new IllegalStateException("No answer from " + url() + path);
                }
                JavaProcess.pause(Duration.ofMillis(2));
            }
            return process.age();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /**
     * @param apiServer URL of the API server
     * @param token for it; empty for none
     * @param properties of Spring, on top of those of the embedded run
     */
    Running broker(String apiServer, String token, List<String> jvm, Map<String, String> properties)
            throws IOException {
        int port = freePort();
        Map<String, String> all = new HashMap<>(EmbeddedBroker.PROPERTIES);
        all.put("server.port", String.valueOf(port));
        // As installed: health and metrics have a port of their own.
        all.put("management.server.port", String.valueOf(freePort()));
        all.putAll(properties);
        JavaProcess process = JavaProcess.start(
                "broker",
                command(jvm, jars.ofBroker(), all),
                // In a pod there is no kubeconfig to be read either.
                Map.of(
                        "KUBERNETES_AUTH_TRYKUBECONFIG",
                        "false",
                        "KUBERNETES_MASTER",
                        apiServer,
                        "KUBERNETES_TRUST_CERTIFICATES",
                        "true",
                        "KUBERNETES_AUTH_TOKEN",
                        token.isEmpty() ? "none" : token));
        OsbClient client = OsbClient.of(URI.create("http://127.0.0.1"), EmbeddedBroker.USER, EmbeddedBroker.PASSWORD);
        return new Running(process, port, "/v2/catalog", client.headers());
    }

    /** @param bytes what it answers with */
    Running empty(List<String> jvm, byte[] bytes, Map<String, String> properties) throws IOException {
        int port = freePort();
        Path file = folder.resolve("bytes");
        Files.write(file, bytes);
        Map<String, String> all = new HashMap<>(properties);
        all.put("spring.main.sources", EmptyApplication.class.getName());
        all.put("server.address", "127.0.0.1");
        all.put("server.port", String.valueOf(port));
        List<String> options = new ArrayList<>(jvm);
        options.add("-Dbench.bytes=" + file);
        JavaProcess process = JavaProcess.start("empty", command(options, jars.ofEmptyApplication(), all), Map.of());
        return new Running(process, port, "/bytes", Map.of());
    }

    interface Starter {
        /** @param jvm options */
        Running start(List<String> jvm) throws IOException;
    }

    /**
     * A start without a cluster and some requests, as for the image: what was loaded, linked and learned goes into an AOT cache
     * (JEP 514, JEP 515).
     */
    Path brokerCache() throws IOException {
        return cache("broker", options -> {
            String login = EmbeddedBroker.USER + ":" + EmbeddedBroker.PASSWORD;
            JavaProcess rehearsing = broker("http://127.0.0.1:1", "", options, Map.of("howdah.rehearsal", login))
                    .process();
            rehearsing.awaitEnd();
        });
    }

    /** The same for the application that does nothing, which sends itself no requests. */
    Path emptyCache() throws IOException {
        return cache("empty", options -> {
            try (Running running = empty(options, new byte[0], Map.of())) {
                running.firstAnswer();
                FirstAnswer again = new FirstAnswer(running.port(), running.path(), running.headers());
                for (int i = 0; i < TRAINING_REQUESTS; i++) {
                    again.came();
                }
                running.process().end();
            }
        });
    }

    private Path cache(String name, Training training) throws IOException {
        Path cache = folder.resolve(name + ".aot");
        if (Files.exists(cache)) {
            return cache;
        }
        training.run(List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off"));
        if (!Files.exists(cache)) {
            throw new IllegalStateException(
                    "The JVM wrote no cache; see " + Report.folder().resolve(name + ".log"));
        }
        return cache;
    }

    private interface Training {
        /** @param options of the JVM */
        void run(List<String> options) throws IOException;
    }

    static List<String> cached(Path cache) {
        // No start without it, should it be of no use.
        return List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
    }

    private static List<String> command(List<String> jvm, Path jar, Map<String, String> properties) {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar.toString()));
        properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
