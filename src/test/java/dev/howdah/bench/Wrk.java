package dev.howdah.bench;

import dev.howdah.testing.embedded.ProcessReaper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Will Glozer's wrk, as a program of this machine. */
final class Wrk implements LoadGenerator {
    private static final String SCRIPT = """
            %s
            done = function(summary, latency, requests)
              local e = summary.errors
              io.write(string.format("RESULT %%d %%d %%f %%f %%f %%d\\n", summary.requests, summary.duration, latency:percentile(50),
                latency:percentile(95), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
            end
            """;

    private final Path program;
    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();

    private Wrk(Path program) {
        this.program = program;
    }

    static Optional<LoadGenerator> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry, "wrk"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Wrk::new);
    }

    @Override
    public Load get(URI url, Map<String, String> headers, int connections, Duration duration)
            throws IOException, InterruptedException {
        Path script = folder.resolve("request.lua");
        Files.writeString(
                script,
                SCRIPT.formatted(headers.entrySet().stream()
                        .map(header -> "wrk.headers[\"%s\"] = \"%s\"".formatted(header.getKey(), header.getValue()))
                        .collect(Collectors.joining("\n"))));
        Process wrk = new ProcessBuilder(
                        program.toString(),
                        "-t" + Math.min(2, connections),
                        "-c" + connections,
                        "-d" + duration.toSeconds() + "s",
                        "-s",
                        script.toString(),
                        url.toString())
                .redirectErrorStream(true)
                .start();
        ProcessReaper.ofThisJvm().watch(wrk);
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        return result(connections, output);
    }

    private static Load result(int connections, String output) {
        String[] figures = output.lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk said: " + output))
                .split(" ");
        return new Load(
                "wrk",
                connections,
                Long.parseLong(figures[1]) * 1e6 / Long.parseLong(figures[2]),
                micros(figures[3]),
                micros(figures[4]),
                micros(figures[5]),
                Long.parseLong(figures[6]));
    }

    private static Duration micros(String text) {
        return Duration.ofNanos((long) (Double.parseDouble(text) * 1000));
    }
}
