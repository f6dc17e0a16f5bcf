package dev.howdah.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@InstallationTest
class PasswordRotationIT {
    @Test
    void aPasswordIsRotatedByEditingTheSecretWithoutARestart() throws Exception {
        try (Installation installation = new Installation()) {
            List<String> before = installation.incarnations();
            String old = installation.password();
            String next = UUID.randomUUID().toString();
            try {
                installation.setPasswords(old, next);
                awaitStatus(installation, next, 200);
                assertThat(status(installation, old)).isEqualTo(200);

                installation.setPasswords(next);
                awaitStatus(installation, old, 401);
                assertThat(status(installation, next)).isEqualTo(200);
            } finally {
                installation.setPasswords(old);
            }
            awaitStatus(installation, old, 200);
            assertThat(installation.incarnations()).isEqualTo(before);
        }
    }

    @Test
    void wrongPasswordsAreRefusedThenLimitedAndCounted() throws Exception {
        try (Installation installation = new Installation()) {
            String wrong = "wrong-" + UUID.randomUUID();
            assertThat(status(installation, wrong)).isEqualTo(401);

            await().atMost(Installation.PATIENCE).until(() -> status(installation, wrong) == 429);

            StringBuilder metrics = new StringBuilder();
            for (Pod pod : installation.replicas()) {
                metrics.append(metrics(pod));
            }
            assertThat(metrics.toString().lines().filter(line -> line.startsWith("howdah_logins_total")))
                    .anyMatch(line -> line.contains("outcome=\"refused\"") || line.contains("outcome=\"wrong\""));
            System.out.println(metrics.toString()
                    .lines()
                    .filter(line -> line.startsWith("howdah_logins_total"))
                    .toList());
            assertThat(metrics).doesNotContain(wrong);
        }
    }

    /** Every replica reads the file by itself; and who asks too often with a wrong password is not even looked at. */
    private static void awaitStatus(Installation installation, String password, int expected) {
        await().atMost(Installation.PATIENCE)
                .pollInterval(Duration.ofSeconds(8))
                .until(() -> status(installation, password) == expected && status(installation, password) == expected);
    }

    private static int status(Installation installation, String password) throws IOException {
        return installation.caller(password).get("/v2/catalog").status();
    }

    static String metrics(Pod pod) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + pod.getStatus().getPodIP() + ":8081/actuator/prometheus");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
