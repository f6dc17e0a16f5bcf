package dev.howdah.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.DockerClientFactory;

/** Chooses what runs the servers, and says so once per JVM. */
final class SharedPostgres {
    private static final boolean DOCKER = dockerAnswers();
    static final PostgresServerFixture SERVER = announced(start());

    private SharedPostgres() {}

    static PostgresServerFixture start() {
        return DOCKER ? ContainerPostgres.started() : ProcessPostgres.started();
    }

    private static PostgresServerFixture announced(PostgresServerFixture server) {
        System.out.println("PostgreSQL for tests: " + server);
        return server;
    }

    // Testcontainers looks for an engine for seconds and logs errors; where there is no trace of one, do not ask it.
    private static boolean dockerAnswers() {
        boolean trace = System.getenv("DOCKER_HOST") != null
                || List.of("/var/run/docker.sock", System.getProperty("user.home") + "/.docker/run/docker.sock")
                        .stream()
                        .anyMatch(socket -> Files.exists(Path.of(socket)))
                || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"));
        return trace && DockerClientFactory.instance().isDockerAvailable();
    }
}
