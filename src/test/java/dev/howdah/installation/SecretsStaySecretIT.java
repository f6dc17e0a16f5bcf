package dev.howdah.installation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@InstallationTest
class SecretsStaySecretIT {
    @Test
    void noPasswordIsInALogAnEventACustomResourceOrAMetric() throws Exception {
        try (Installation installation = new Installation()) {
            Caller caller = installation.caller();
            String id = "secret-" + UUID.randomUUID();
            Lives.begin(caller, id);
            assertThat(caller.bind(id, id + "-a").status()).isEqualTo(201);
            assertThat(caller.bind(id, id + "-b").status()).isEqualTo(201);
            assertThat(caller.get(Caller.binding(id, id + "-b")).status()).isEqualTo(200);
            Map<String, String> secrets = secrets(installation);
            secrets.put("a wrong password", "wrong-" + UUID.randomUUID());
            installation.caller(secrets.get("a wrong password")).get("/v2/catalog");
            String places = places(installation);
            assertThat(caller.unbind(id, id + "-a").status()).isEqualTo(200);
            Lives.end(caller, id);
            String all = places + places(installation);

            System.out.printf("%d secrets looked for in %d characters%n", secrets.size(), all.length());
            assertThat(secrets).hasSizeGreaterThan(4);
            secrets.forEach(
                    (what, secret) -> assertThat(all.contains(secret)).as(what).isFalse());
        }
    }

    /** Passwords and keys, and what each line of a key looks like. */
    private static Map<String, String> secrets(Installation installation) {
        Map<String, String> found = new HashMap<>();
        for (Secret secret : installation
                .client()
                .secrets()
                .inNamespace(Installation.INSTANCES)
                .list()
                .getItems()) {
            secret.getData().forEach((key, value) -> {
                String text = new String(Base64.getDecoder().decode(value), UTF_8);
                if (key.equals("password")) {
                    found.put(secret.getMetadata().getName(), text);
                } else if (key.equals("tls.key")) {
                    found.put(
                            secret.getMetadata().getName() + " key",
                            text.lines().skip(1).findFirst().orElseThrow());
                }
            });
        }
        return found;
    }

    private static String places(Installation installation) throws Exception {
        StringBuilder all = new StringBuilder();
        for (Pod pod : installation.replicas()) {
            all.append(installation.log(pod)).append(PasswordRotationIT.metrics(pod));
        }
        for (Pod pod : installation
                .client()
                .pods()
                .inNamespace(Installation.INSTANCES)
                .list()
                .getItems()) {
            all.append(installation
                    .client()
                    .pods()
                    .inNamespace(Installation.INSTANCES)
                    .withName(pod.getMetadata().getName())
                    .getLog());
        }
        return all.append(installation.yaml(PostgresInstance.class))
                .append(installation.yaml(PostgresServer.class))
                .append(installation.yaml(PostgresBinding.class))
                .append(installation.yaml(Event.class))
                .append(installation.yaml(ConfigMap.class))
                .append(installation.yaml(Pod.class))
                .toString();
    }
}
