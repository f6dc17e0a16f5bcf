package dev.howdah.testing;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import dev.howdah.testing.embedded.SelfSignedCertificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server in a container. Docker gives it another port whenever it starts again. */
final class ContainerPostgres implements PostgresServerFixture {
    private static final String IMAGE = "postgres:17";
    private static final Duration START = Duration.ofSeconds(60);
    // The key must belong to the server's user, and copied files belong to root.
    private static final String COMMAND = """
            install -o postgres -m 600 /tls.key /server.key && install -o postgres -m 644 /tls.crt /server.crt &&
            exec docker-entrypoint.sh postgres -c ssl=on -c ssl_key_file=/server.key -c ssl_cert_file=/server.crt \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200
            """;

    private final SelfSignedCertificate certificate = SelfSignedCertificate.forLoopback();
    private final PostgreSQLContainer container;
    private int port;

    private ContainerPostgres() {
        container = new PostgreSQLContainer(IMAGE)
                .withUsername(superuser())
                .withDatabaseName("postgres")
                .withCopyToContainer(Transferable.of(certificate.certificate()), "/tls.crt")
                .withCopyToContainer(Transferable.of(certificate.privateKey(), 0600), "/tls.key")
                .withCreateContainerCmdModifier(command -> command.withEntrypoint("/bin/sh", "-c"));
        container.setCommandParts(new String[] {COMMAND});
    }

    static PostgresServerFixture started() {
        var server = new ContainerPostgres();
        server.container.start();
        server.port = server.container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
        return server;
    }

    @Override
    public void restart() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        port = publishedPort();
        awaitAnswer();
    }

    private int publishedPort() {
        Ports.Binding[] bindings = container
                .getCurrentContainerInfo()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(ExposedPort.tcp(PostgreSQLContainer.POSTGRESQL_PORT));
        return Integer.parseInt(Objects.requireNonNull(bindings, "no published port")[0].getHostPortSpec());
    }

    private void awaitAnswer() {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("PostgreSQL did not start:\n" + container.getLogs(), e);
                }
            }
        }
    }

    @Override
    public void stop() {
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String password() {
        return container.getPassword();
    }

    @Override
    public String certificate() {
        return certificate.certificate();
    }

    @Override
    public String toString() {
        return "container of " + IMAGE;
    }
}
