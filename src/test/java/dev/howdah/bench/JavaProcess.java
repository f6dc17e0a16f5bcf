package dev.howdah.bench;

import dev.howdah.testing.embedded.ProcessReaper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own, measured from outside. */
final class JavaProcess implements AutoCloseable {
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

    /** What the serial collector puts where it found it not worth the while to move the living together. */
    private static final String FILLER_ARRAY = "[Ljdk.internal.vm.FillerElement;";

    private static final String FILLER = "jdk.internal.vm.FillerObject";

    private final Process process;
    private final long startedAt;
    private final Path log;

    private JavaProcess(Process process, long startedAt, Path log) {
        this.process = process;
        this.startedAt = startedAt;
        this.log = log;
    }

    /**
     * Starts it, and does not wait.
     *
     * @param command what follows {@code java}
     * @param name of its log in the report's folder
     */
    static JavaProcess start(String name, List<String> command, Map<String, String> environment) throws IOException {
        List<String> line = new ArrayList<>(List.of(JDK.resolve("java").toString()));
        line.addAll(command);
        Path log = Report.folder().resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long startedAt = System.nanoTime();
        Process process = builder.start();
        ProcessReaper.ofThisJvm().watch(process);
        return new JavaProcess(process, startedAt, log);
    }

    /** Since it was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The process ended with " + process.exitValue() + "; see " + log);
        }
    }

    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    double residentMebibytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024.0;
        }
    }

    /** What lives on the heap after a full collection. */
    long liveHeapBytes() throws IOException {
        String histogram = jcmd("GC.class_histogram");
        Files.writeString(Path.of(log.toString().replace(".log", ".heap.txt")), histogram);
        long total = bytes(histogram, "Total")
                .orElseThrow(() -> new IllegalStateException("No histogram of the heap: " + histogram));
        return total
                - bytes(histogram, FILLER_ARRAY).orElse(0)
                - bytes(histogram, FILLER).orElse(0);
    }

    /** The second number of the line of a class, or of the last line, which sums up: instances, bytes. */
    private static OptionalLong bytes(String histogram, String name) {
        return histogram
                .lines()
                .map(line -> line.strip().replaceFirst("^[0-9]+: +", "").split("\\s+"))
                .filter(words -> words.length > 2 && (words[0].equals(name) || words[2].equals(name)))
                .mapToLong(words -> Long.parseLong(words[words[0].equals(name) ? 2 : 1]))
                .findFirst();
    }

    String jcmd(String command) throws IOException {
        Process jcmd = new ProcessBuilder(JDK.resolve("jcmd").toString(), String.valueOf(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** SIGTERM; returns when it is gone, and has written its cache if it was to. */
    void end() {
        process.destroy();
        awaitEnd();
    }

    /** Returns when it is gone; ends it if that takes too long. */
    void awaitEnd() {
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL; returns when it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new java.io.InterruptedIOException());
        }
    }
}
