package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.SERVER;
import static dev.howdah.postgres.TestDatabase.column;
import static dev.howdah.postgres.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through PgBouncer, which resets sessions with DISCARD ALL, or hands transactions to sessions of its choice. */
class PoolerIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"session", "transaction"})
    void whatIsMadeThroughAPoolIsTheOwners(String mode) throws Exception {
        Path program = installed();
        try (TestDatabase database = new TestDatabase()) {
            LoginRole first = database.bind("first");
            LoginRole second = database.bind("second");
            int port = freePort();
            Process pooler = start(program, port, mode, database, List.of(first, second));
            try {
                for (int round = 0; round < 3; round++) {
                    try (Connection client = connect(port, database, first, pooler)) {
                        run(
                                client,
                                "CREATE TABLE t%1$d (id serial)".formatted(round),
                                "CREATE VIEW v%1$d AS SELECT * FROM t%1$d".formatted(round));
                    }
                    try (Connection client = connect(port, database, second, pooler)) {
                        run(
                                client,
                                "ALTER TABLE t%d ADD COLUMN body text".formatted(round),
                                "DROP VIEW v%d".formatted(round));
                    }
                }
                assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();

                assertThat(database.unbind(first)).isInstanceOf(DropOutcome.Dropped.class);

                try (Connection client = connect(port, database, second, pooler)) {
                    assertThat(column(client, "SELECT count(body) FROM t0")).containsExactly("0");
                }
            } finally {
                pooler.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private static Path installed() {
        List<Path> found = Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
                .map(Path::of)
                .filter(Files::isExecutable)
                .toList();
        assumeThat(found).as("pgbouncer is installed").isNotEmpty();
        return found.getFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process start(Path program, int port, String mode, TestDatabase database, List<LoginRole> roles)
            throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path users = Files.write(
                folder.resolve("users"),
                roles.stream()
                        .map(role -> "\"%s\" \"%s\""
                                .formatted(role.name(), role.password().get()))
                        .toList());
        Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                %s = host=%s port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = %s
                server_tls_sslmode = require
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        database.name, SERVER.host(), SERVER.port(), port, users, mode));
        // PgBouncer does not run as root; -u has it change to somebody else, where it is allowed to.
        List<String> command = System.getProperty("user.name").equals("root")
                ? List.of(program.toString(), "-u", "nobody", configuration.toString())
                : List.of(program.toString(), configuration.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private Connection connect(int port, TestDatabase database, LoginRole role, Process pooler) throws IOException {
        String url =
                "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable&prepareThreshold=0".formatted(port, database.name);
        while (pooler.isAlive()) {
            try {
                return DriverManager.getConnection(
                        url, role.name().value(), role.password().get());
            } catch (SQLException notListeningYet) {
                if (!"08001".equals(notListeningYet.getSQLState())) {
                    throw new IllegalStateException(Files.readString(folder.resolve("log")), notListeningYet);
                }
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException(Files.readString(folder.resolve("log")));
    }
}
