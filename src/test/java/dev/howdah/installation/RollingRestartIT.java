package dev.howdah.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@InstallationTest
class RollingRestartIT {
    @Test
    void aRollingRestartUnderLoadFailsNoRequest() throws IOException {
        try (Installation installation = new Installation()) {
            Caller caller = installation.caller();
            String id = "rolling-" + UUID.randomUUID();
            Lives.begin(caller, id);
            assertThat(caller.bind(id, id + "-b").status()).isEqualTo(201);
            List<String> before = installation.incarnations();
            MixedCalls calls = new MixedCalls(caller, id, id + "-b");
            try (calls) {
                await().atMost(Installation.PATIENCE).until(() -> calls.answered() > 100);

                installation
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace(Installation.SYSTEM)
                        .withName("howdah")
                        .rolling()
                        .restart();

                installation.awaitRollout();
                long then = calls.sent();
                await().atMost(Duration.ofMinutes(1)).until(() -> calls.sent() > then + 250);
            }
            System.out.printf(
                    "%d requests, %d failed%n", calls.sent(), calls.failures().size());
            calls.failures().forEach(System.out::println);
            assertThat(calls.failures()).isEmpty();
            await().atMost(Installation.PATIENCE)
                    .untilAsserted(() -> assertThat(installation.incarnations()).doesNotContainAnyElementsOf(before));
            Lives.end(caller, id);
        }
    }
}
