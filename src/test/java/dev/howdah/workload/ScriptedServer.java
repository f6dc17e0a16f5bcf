package dev.howdah.workload;

import dev.howdah.pki.CertificateAuthority;
import dev.howdah.pki.KeyPairPem;
import dev.howdah.testing.embedded.LocalProcess;
import dev.howdah.testing.embedded.PostgresBinaries;
import dev.howdah.testing.embedded.ProcessReaper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Runs the start script of a server's ConfigMap with the embedded binaries, every path remapped into one folder. */
final class ScriptedServer implements AutoCloseable {

    static final String PASSWORD = "admin-password";
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("Howdah", Clock.systemUTC(), new SecureRandom());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();
    private final int port = freePort();
    private final String shell;
    private @Nullable LocalProcess process;

    private ScriptedServer(Servers server, String shell) {
        this.shell = shell;
        ServerManifests manifests = server.manifests();
        manifests.configMap().getData().forEach((name, content) -> write(config().resolve(name), content));
        write(folder.resolve("admin/password"), PASSWORD);
        write(folder.resolve("tls/ca.crt"), AUTHORITY.certificate());
        write(folder.resolve("run/.keep"), "");
        renewCertificate();
    }

    static ScriptedServer of(Servers server) {
        return new ScriptedServer(server, "/bin/sh");
    }

    static ScriptedServer of(Servers server, String shell) {
        return new ScriptedServer(server, shell);
    }

    void renewCertificate() {
        KeyPairPem leaf = AUTHORITY.issue(List.of("localhost", "127.0.0.1"), CertificateAuthority.LEAF_VALIDITY);
        write(folder.resolve("tls/tls.crt"), leaf.certificate());
        write(folder.resolve("tls/tls.key"), leaf.privateKey());
    }

    /** Starts the script and returns at once. */
    ScriptedServer start() {
        return start(config().resolve("start.sh"));
    }

    ScriptedServer start(Path script) {
        process = LocalProcess.start(List.of(shell, script.toString()), environment(), folder, log());
        return this;
    }

    /** Starts the script and waits until the server answers. */
    ScriptedServer started() {
        start();
        awaitAnswer();
        return this;
    }

    void awaitAnswer() {
        await(() -> {
            if (hasEnded()) {
                throw new IllegalStateException("The start script ended:\n" + output());
            }
            return answers();
        });
    }

    boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException _) {
            return false;
        }
    }

    boolean hasEnded() {
        return !running().isAlive();
    }

    /** Waits until the script has ended by itself. */
    int exitStatus() {
        return running()
                .onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    void kill() {
        running().signal("KILL");
        exitStatus();
    }

    void stop() {
        running().signal("INT");
        exitStatus();
    }

    Connection connect() throws SQLException {
        return connect("verify-full");
    }

    Connection connect(String sslMode) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "user",
                ServerManifests.ADMIN,
                "password",
                PASSWORD,
                "sslmode",
                sslMode,
                "sslrootcert",
                folder.resolve("tls/ca.crt").toString()));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }

    /** Serial number of the certificate that a new connection is shown. */
    String servedCertificate() {
        RecordingTrust.reset();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "user",
                ServerManifests.ADMIN,
                "password",
                PASSWORD,
                "sslmode",
                "require",
                "sslfactory",
                RecordingTrust.class.getName()));
        try (Connection connection =
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties)) {
            return connection.isValid(1) ? RecordingTrust.serial() : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Puts a program in front of all others of that name. */
    void shadow(String program, String script) {
        Path file = folder.resolve("shadow").resolve(program);
        write(file, "#!/bin/sh\n" + script);
        file.toFile().setExecutable(true);
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not within " + PATIENCE);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path config() {
        return folder.resolve("config");
    }

    Path data() {
        return folder.resolve("data/pgdata");
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "PATH",
                String.join(
                        File.pathSeparator,
                        folder.resolve("shadow").toString(),
                        PostgresBinaries.bin().toString(),
                        "/usr/local/bin:/usr/bin:/bin"));
        environment.put("PG_MAJOR", "17");
        environment.put("PGPORT", Integer.toString(port));
        environment.put("PGDATA", data().toString());
        environment.put("HOWDAH_LISTEN", "127.0.0.1");
        environment.put("HOWDAH_CONFIG", config().toString());
        environment.put("HOWDAH_TLS", folder.resolve("tls").toString());
        environment.put("HOWDAH_ADMIN", folder.resolve("admin").toString());
        environment.put("HOWDAH_RUN", folder.resolve("run").toString());
        return environment;
    }

    private LocalProcess running() {
        if (process == null) {
            throw new IllegalStateException("The server was never started");
        }
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.signal("QUIT");
            exitStatus();
        }
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
