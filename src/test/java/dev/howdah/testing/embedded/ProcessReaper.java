package dev.howdah.testing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.util.FileSystemUtils;

/**
 * Sees to it that no process and no temporary folder outlives this JVM, however it ends. A small shell process outside
 * the JVM's process group reads from a pipe what there is to clean up; when the pipe ends, because this JVM closed it or
 * was killed, the shell stops every process that is still registered and removes the folders.
 */
public final class ProcessReaper implements AutoCloseable {
    // SIGQUIT is PostgreSQL's immediate shutdown: it goes at once, but still gives its shared memory back.
    private static final String SCRIPT = """
            trap '' INT TERM HUP QUIT
            pids=
            while read -r what value; do
              case $what in
                folder) set -- "$@" "$value" ;;
                start) pids="$pids $value" ;;
                end) left=; for p in $pids; do [ "$p" = "$value" ] || left="$left $p"; done; pids=$left ;;
              esac
            done
            for p in $pids; do kill -s QUIT -- "-$p" || kill -QUIT "$p"; done 2>/dev/null
            tries=0
            while [ $tries -lt 30 ] && for p in $pids; do kill -0 "$p" && break; done; do
              alive=; for p in $pids; do kill -0 "$p" && alive=1; done
              [ -n "$alive" ] || break
              tries=$((tries + 1)); sleep 0.1
            done 2>/dev/null
            for p in $pids; do kill -s KILL -- "-$p" || kill -KILL "$p"; done 2>/dev/null
            tries=0
            while [ $tries -lt 50 ] && ! rm -rf -- "$@"; do tries=$((tries + 1)); sleep 0.1; done 2>/dev/null
            """;
    private static final ProcessReaper INSTANCE = start();

    private final Process shell;
    private final Writer pipe;
    private final Thread hook = new Thread(this::close, "process-reaper");

    private ProcessReaper(Process shell) {
        this.shell = shell;
        this.pipe = shell.outputWriter(StandardCharsets.UTF_8);
    }

    /** The one of this JVM. */
    public static ProcessReaper ofThisJvm() {
        return INSTANCE;
    }

    /** Leaves the cleaning up in an orderly exit to the caller, who closes this; any other exit is still watched. */
    public ProcessReaper closedByItsUser() {
        Runtime.getRuntime().removeShutdownHook(hook);
        return this;
    }

    private static ProcessReaper start() {
        try {
            var reaper = new ProcessReaper(LocalProcess.detached("/bin/sh", "-c", SCRIPT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
            Runtime.getRuntime().addShutdownHook(reaper.hook);
            return reaper;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new folder with a short name (a Unix socket's path has at most 107 bytes), removed when this JVM ends. */
    public Path temporaryFolder() {
        try {
            Path parent = Path.of(System.getProperty("java.io.tmpdir"));
            Path folder = Files.createTempDirectory(parent.toString().length() > 40 ? Path.of("/tmp") : parent, "hw");
            tell("folder " + folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes a folder before its time. A process that is just ending may still write into it, so this tries for some
     * seconds; what is left then goes at the end of the JVM.
     */
    public static void remove(Path folder) {
        for (int tries = 0; tries < 50 && !isRemoved(folder); tries++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static boolean isRemoved(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Registers a process that must not outlive this JVM. */
    public void watch(Process process) {
        tell("start " + process.pid());
        process.onExit().thenRun(() -> tell("end " + process.pid()));
    }

    private synchronized void tell(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException e) {
            // The pipe is closed: this JVM is ending, and the shell is already cleaning up.
        }
    }

    /** Cleans everything up now; runs by itself when this JVM ends. */
    @Override
    public void close() {
        try {
            synchronized (this) {
                pipe.close();
            }
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
