package dev.howdah.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.testing.HowdahHarness;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.OsbClient.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownIT {
    private static final String BODY = """
            {"service_id": "7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11", "plan_id": "3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21",
             "organization_guid": "o", "space_guid": "s"}
            """;

    @Test
    void aRequestThatIsHeldBackGetsItsHonestAnswerWhenTheProcessIsAskedToStop() throws Exception {
        try (HowdahHarness harness = HowdahHarness.with(
                Map.of("howdah.reconcile", "false", "howdah.osb.wait", "10m", "howdah.shutdown.drain", "1s"))) {
            OsbClient osb = harness.osb();
            CompletableFuture<Answer> held = CompletableFuture.supplyAsync(
                    () -> osb.put("/v2/service_instances/held?accepts_incomplete=true", BODY));
            await().until(() -> harness.kubernetes()
                            .resources(PostgresInstance.class)
                            .inNamespace(harness.namespace())
                            .withName("pg-held")
                            .get()
                    != null);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(harness::stopBroker);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> held.isDone()
                            || "close".equals(osb.get("/v2/catalog").header("Connection")));

            assertThat(held.get(60, TimeUnit.SECONDS).status()).isEqualTo(202);
            stopped.get(60, TimeUnit.SECONDS);
        }
    }
}
