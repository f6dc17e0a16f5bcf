package dev.howdah.bench;

import dev.howdah.pki.KeyPairPem;
import dev.howdah.testing.embedded.LocalProcess;
import dev.howdah.testing.embedded.PostgresBinaries;
import dev.howdah.testing.embedded.ProcessReaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server as a process of this machine, made the way the start script of a pod makes one. No Kubernetes. */
final class LocalServer implements AutoCloseable {
    private static final String USER = "howdah";

    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();
    private final LocalProcess process;

    /**
     * Makes a database cluster and starts a server on it; does not wait until it answers.
     *
     * @param password of its superuser howdah
     * @param more settings
     */
    LocalServer(String address, int port, String password, KeyPairPem certificate, Map<String, String> more)
            throws IOException {
        write("password", password);
        run(
                "initdb",
                "--pgdata=" + data(),
                "--username=" + USER,
                "--pwfile=" + folder.resolve("password"),
                "--auth-local=scram-sha-256",
                "--auth-host=scram-sha-256",
                "--no-sync",
                "--no-instructions",
                "--locale=C",
                "--data-checksums",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--encoding=UTF8");
        run("initdb", "--sync-only", "--pgdata=" + data());
        write("data/server.crt", certificate.certificate());
        write("data/server.key", certificate.privateKey());
        Files.writeString(data().resolve("pg_hba.conf"), "hostssl all all all scram-sha-256\n");
        List<String> command = new ArrayList<>(List.of(
                PostgresBinaries.program("postgres"),
                "-D",
                data().toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "ssl=on"));
        command.addAll(List.of("-c", "listen_addresses=" + address, "-c", "unix_socket_directories=" + folder));
        more.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        process = LocalProcess.start(command, Map.of(), folder, log());
    }

    static String url(String address, int port, String password) {
        return "jdbc:postgresql://%s:%d/postgres?user=%s&password=%s&sslmode=require&connectTimeout=2"
                .formatted(address, port, USER, password);
    }

    static void awaitLogin(String url) throws InterruptedException {
        while (true) {
            try {
                TimeToCredentials.select1(url);
                return;
            } catch (SQLException notYet) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PostgresBinaries.program(program)));
        command.addAll(List.of(arguments));
        int status =
                LocalProcess.start(command, Map.of(), folder, log()).onExit().join();
        if (status != 0) {
            throw new IOException(program + " ended with " + status + ": " + Files.readString(log()));
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("log");
    }

    @Override
    public void close() {
        process.signal("QUIT");
        process.onExit()
                .orTimeout(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS)
                .join();
        ProcessReaper.remove(folder);
    }
}
