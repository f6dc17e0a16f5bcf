package dev.howdah.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.howdah.testing.TestClock;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Status;

class ClusterHealthTest {
    private static final int NOBODY_LISTENS = 1;

    private HttpServer api;
    private KubernetesClient client;
    private ClusterHealth health;
    private volatile int status;
    private volatile int asked;
    private final TestClock clock = new TestClock();

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            asked++;
            byte[] body = (status == 200 ? "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[]}" : "{}").getBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        api.start();
        client = client(api.getAddress().getPort());
        health = new ClusterHealth(client, "databases", clock);
    }

    private static KubernetesClient client(int port) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + port)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        api.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | does not accept Howdah's credentials",
                "403 | may not list postgresservers.howdah.dev in the namespace databases",
                "404 | custom resource definitions are missing",
                "500 | does not answer",
            })
    void whatIsMissingIsSaid(int answer, String reason) {
        status = answer;

        await().atMost(Duration.ofMinutes(1)).until(() -> reason().contains(reason));

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void anApiServerThatIsAwayIsSaid() {
        try (KubernetesClient nobody = client(NOBODY_LISTENS)) {
            health = new ClusterHealth(nobody, "databases", clock);

            await().atMost(Duration.ofMinutes(1)).until(() -> reason().contains("does not answer"));
        }
    }

    @Test
    void anApiServerThatIsSlowForAMomentChangesNothing() {
        status = 200;
        await().atMost(Duration.ofMinutes(1))
                .until(() -> health.health().getStatus().equals(Status.UP));

        status = 500;
        clock.pass(Duration.ofSeconds(10));
        health.health();
        await().atMost(Duration.ofMinutes(1)).until(() -> asked > 3);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        clock.pass(Duration.ofSeconds(25));
        await().atMost(Duration.ofMinutes(1)).until(() -> reason().contains("does not answer"));
        status = 200;
        clock.pass(Duration.ofSeconds(4));

        await().atMost(Duration.ofMinutes(1))
                .until(() -> health.health().getStatus().equals(Status.UP));
    }

    /** Of the answer that the API server is asked for meanwhile, a probe sees the one before. */
    private String reason() {
        return String.valueOf(health.health().getDetails().get("reason"));
    }
}
