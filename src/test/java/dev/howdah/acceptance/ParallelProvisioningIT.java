package dev.howdah.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import dev.howdah.testing.HowdahHarness;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.OsbClient.Answer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelProvisioningIT {
    private static final int INSTANCES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String IDS =
            "\"service_id\": \"7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11\", \"plan_id\": \"3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21\"";
    private static final String QUERY =
            "service_id=7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11&plan_id=3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21";

    @Test
    void twentyInstancesAtOnceAllBecomeUsableAndNoneIsLostOrDouble() throws Exception {
        try (HowdahHarness harness = HowdahHarness.with(Map.of())) {
            OsbClient osb = harness.osb();

            List<String> databases = allAtOnce(instance -> identityOf(provisionAndBind(osb, instance)));

            assertThat(databases).doesNotHaveDuplicates().hasSize(INSTANCES);
            assertThat(harness.kubernetes()
                            .resources(PostgresInstance.class)
                            .inNamespace(harness.namespace())
                            .list()
                            .getItems())
                    .hasSize(INSTANCES);
            assertThat(harness.kubernetes()
                            .resources(PostgresServer.class)
                            .inNamespace(harness.namespace())
                            .list()
                            .getItems())
                    .hasSize(INSTANCES);
            assertThat(allAtOnce(instance -> deprovision(osb, instance))).containsOnly("gone");
            assertThat(harness.kubernetes()
                            .pods()
                            .inNamespace(harness.namespace())
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(harness.kubernetes()
                            .persistentVolumeClaims()
                            .inNamespace(harness.namespace())
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }

    private interface Work {
        String on(String instance) throws SQLException;
    }

    private static List<String> allAtOnce(Work work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = IntStream.range(0, INSTANCES)
                    .<Callable<String>>mapToObj(number -> () -> work.on("parallel-" + number))
                    .toList();
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private static String provisionAndBind(OsbClient osb, String instance) {
        String path = "/v2/service_instances/" + instance;
        Answer accepted = osb.put(
                path + "?accepts_incomplete=true",
                "{%s, \"organization_guid\": \"o\", \"space_guid\": \"s\"}".formatted(IDS));
        Answer ready = osb.awaitOperation(path, accepted, PATIENCE);
        assertThat(ready.body()).doesNotContain("failed");
        Answer bound = osb.put(path + "/service_bindings/" + instance + "-app", "{%s}".formatted(IDS));
        assertThat(bound.status()).as(bound.toString()).isEqualTo(201);
        return bound.json().path("credentials").path("jdbc_url").asString();
    }

    /** Which server this really is. */
    private static String identityOf(String jdbcUrl) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl);
                var result = connection
                        .createStatement()
                        .executeQuery("SELECT system_identifier FROM pg_control_system()")) {
            result.next();
            return result.getString(1);
        }
    }

    private static String deprovision(OsbClient osb, String instance) {
        String path = "/v2/service_instances/" + instance;
        osb.awaitOperation(path, osb.delete(path + "?accepts_incomplete=true&" + QUERY), PATIENCE);
        return osb.get(path).status() == 404 ? "gone" : "still there";
    }
}
