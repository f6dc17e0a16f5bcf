package dev.howdah.testing;

import dev.howdah.testing.embedded.LocalProcess;
import dev.howdah.testing.embedded.PostgresBinaries;
import dev.howdah.testing.embedded.ProcessReaper;
import dev.howdah.testing.embedded.SelfSignedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A server of embedded binaries, a child process of this JVM. */
final class ProcessPostgres implements PostgresServerFixture {
    private static final String PASSWORD = "superuser-password";
    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();
    private final SelfSignedCertificate certificate = SelfSignedCertificate.forLoopback();
    private final int port = freePort();
    private @Nullable LocalProcess process;

    private ProcessPostgres() {}

    static PostgresServerFixture started() {
        var server = new ProcessPostgres();
        server.initialize();
        server.restart();
        return server;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialize() {
        write("password", PASSWORD);
        run(List.of(
                PostgresBinaries.program("initdb"),
                "--username=" + superuser(),
                "--pwfile=" + folder.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--pgdata=" + data()));
        write("data/server.crt", certificate.certificate());
        write("data/server.key", certificate.privateKey());
    }

    @Override
    public void restart() {
        process = LocalProcess.start(
                List.of(
                        PostgresBinaries.program("postgres"),
                        "-D",
                        data().toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + folder,
                        "-c",
                        "ssl=on",
                        "-c",
                        "fsync=off",
                        "-c",
                        "synchronous_commit=off",
                        "-c",
                        "full_page_writes=off",
                        "-c",
                        "max_connections=200"),
                Map.of(),
                folder,
                log());
        awaitAnswer(process);
    }

    private void awaitAnswer(LocalProcess server) {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                if (!server.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("PostgreSQL did not start:\n" + read(log()), e);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        end("INT");
    }

    @Override
    public void kill() {
        end("KILL");
    }

    private void end(String signal) {
        if (process != null) {
            process.signal(signal);
            process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() {
        end("QUIT");
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> command) {
        int status =
                LocalProcess.start(command, Map.of(), folder, log()).onExit().join();
        if (status != 0) {
            throw new IllegalStateException(command.getFirst() + " ended with " + status + ":\n" + read(log()));
        }
    }

    private void write(String name, String content) {
        Path file = folder.resolve(name);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("log");
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public String certificate() {
        return certificate.certificate();
    }

    @Override
    public String toString() {
        return "embedded binaries, because no Docker engine answers";
    }
}
