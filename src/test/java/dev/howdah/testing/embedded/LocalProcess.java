package dev.howdah.testing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A child process in a session of its own, so that a Ctrl-C in the terminal reaches only the JVM, which then stops its
 * children in order. It never outlives the JVM ({@link ProcessReaper}).
 */
public final class LocalProcess {
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TMPDIR", "TZ");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Process process;

    private LocalProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param environment comes on top of the few variables that are inherited from this JVM
     * @param log where its output is appended
     */
    public static LocalProcess start(List<String> command, Map<String, String> environment, Path folder, Path log) {
        try {
            ProcessBuilder builder = detached(withoutRoot(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // Nothing of the developer's own settings: a PGDATA or PGUSER would change what runs.
            builder.environment().keySet().retainAll(INHERITED);
            builder.environment().putAll(environment);
            Process process = builder.start();
            ProcessReaper.ofThisJvm().watch(process);
            return new LocalProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.getFirst(), e);
        }
    }

    static ProcessBuilder detached(String... command) {
        var line = new ArrayList<String>();
        if (has("setsid")) {
            line.add("setsid");
        }
        line.addAll(List.of(command));
        return new ProcessBuilder(line);
    }

    // PostgreSQL refuses to run as root. In a user namespace without a mapping the same process is nobody.
    private static String[] withoutRoot(List<String> command) {
        var line = new ArrayList<String>();
        if (ROOT) {
            line.addAll(List.of("unshare", "-U"));
        }
        line.addAll(command);
        return line.toArray(String[]::new);
    }

    private static boolean has(String program) {
        return List.of("/usr/bin", "/bin", "/usr/local/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit status; 128 plus the signal's number after a signal. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** @param name of a signal, as in {@code INT} */
    public void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        try {
            // A list of its own for the process group: an initdb that the start script is waiting for gets it too.
            new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "kill -s " + name + " -- -" + pid() + " 2>/dev/null || kill -" + name + " " + pid())
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
