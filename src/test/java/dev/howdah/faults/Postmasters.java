package dev.howdah.faults;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The PostgreSQL servers as processes of this machine. */
final class Postmasters {
    private static final int DEEP_ENOUGH = 6;

    private final Path volumes;

    Postmasters(EmbeddedKubernetes kubernetes) {
        volumes = kubernetes.folder();
    }

    Optional<ProcessHandle> any(SplittableRandom random) {
        List<ProcessHandle> running = running();
        return running.isEmpty() ? Optional.empty() : Optional.of(running.get(random.nextInt(running.size())));
    }

    private List<ProcessHandle> running() {
        try (Stream<Path> files = Files.find(
                volumes, DEEP_ENOUGH, (path, _) -> path.getFileName().toString().equals("postmaster.pid"))) {
            return files.flatMap(file -> process(file).stream()).toList();
        } catch (IOException | UncheckedIOException goneMeanwhile) {
            return List.of();
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(pid -> !pid.isEmpty())
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .filter(process -> process.info()
                            .command()
                            .filter(command -> command.endsWith("postgres"))
                            .isPresent());
        } catch (IOException | UncheckedIOException goneMeanwhile) {
            return Optional.empty();
        }
    }

    /** @param signal as in {@code STOP} */
    static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
