package dev.howdah.bench;

import dev.howdah.bench.Applications.Running;
import dev.howdah.bench.Applications.Starter;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** From the start of the process to the first answered request, beside a Spring Boot web application that does nothing. */
final class StartSection {
    private static final String BROKER = "Howdah";
    private static final String EMPTY = "floor: a web application that does nothing";

    private final Applications applications;
    private final int rounds;
    private final Samples cpu = new Samples();

    StartSection(Applications applications, int rounds) {
        this.applications = applications;
        this.rounds = rounds;
    }

    void run(Report report) throws IOException {
        try (EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start()) {
            Starter broker = jvm -> applications.broker(kubernetes.config().getMasterUrl(), "", jvm, Map.of());
            Starter empty = jvm -> applications.empty(jvm, new byte[0], Map.of());
            Path brokerCache = applications.brokerCache();
            Path emptyCache = applications.emptyCache();
            Samples samples = new Samples();
            for (int round = 0; round < rounds; round++) {
                sample(samples, BROKER + ", AOT cache", broker, Applications.cached(brokerCache));
                sample(samples, EMPTY + ", AOT cache", empty, Applications.cached(emptyCache));
                sample(samples, BROKER, broker, List.of());
                sample(samples, EMPTY, empty, List.of());
            }
            report.add("Start to the first answered request", samples);
            report.add("CPU time until then, of all cores", cpu);
            report.raw("AOT cache in MiB", Map.of("broker", mebibytes(brokerCache), "empty", mebibytes(emptyCache)));
            report.add(Target.atMost(
                    "start with AOT cache, as a multiple of an empty application's",
                    samples.percentile(BROKER + ", AOT cache", 50) / samples.percentile(EMPTY + ", AOT cache", 50),
                    1.5,
                    "×"));
        }
    }

    private void sample(Samples samples, String phase, Starter starter, List<String> jvm) throws IOException {
        try (Running running = starter.start(jvm)) {
            samples.add(phase, running.firstAnswer());
            cpu.add(phase, running.process().cpu());
        }
        // What the end of a process has to do is not the next one's to wait for.
        JavaProcess.pause(Duration.ofMillis(300));
    }

    private static double mebibytes(Path file) throws IOException {
        return Files.size(file) / 1048576.0;
    }
}
