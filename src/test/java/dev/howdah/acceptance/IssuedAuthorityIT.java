package dev.howdah.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.pki.IssuedAuthority;
import dev.howdah.testing.HowdahHarness;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.OsbClient.Answer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority below a company's own, from a Secret that cert-manager keeps. */
class IssuedAuthorityIT {
    private static final String IDS = "\"service_id\": \"7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11\","
            + " \"plan_id\": \"3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21\", \"organization_guid\": \"o\", \"space_guid\": \"s\"";
    private static final String INSTANCE = "/v2/service_instances/issued";

    @Test
    void clientsTrustTheRootThatIssuedTheAuthority(@TempDir Path folder) throws Exception {
        IssuedAuthority issued = IssuedAuthority.create(Instant.now());
        try (HowdahHarness howdah = HowdahHarness.with(Map.of())) {
            howdah.stopBroker();
            keep(issued, howdah);
            howdah.startBroker();
            OsbClient osb = howdah.osb();
            Answer accepted = osb.put(INSTANCE + "?accepts_incomplete=true", "{" + IDS + "}");
            osb.awaitOperation(INSTANCE, accepted, Duration.ofMinutes(3));
            var credentials = osb.put(INSTANCE + "/service_bindings/app", "{" + IDS + "}")
                    .json()
                    .path("credentials");

            assertThat(credentials.path("ca_certificate").asString()).isEqualTo(issued.root());
            String url = credentials.path("jdbc_url").asString().replaceAll("sslmode=[a-z-]+", "sslmode=verify-full");
            assertThat(connects(url, credentials.path("ca_certificate").asString(), folder.resolve("ca.crt")))
                    .isTrue();
            assertThatThrownBy(() ->
                            connects(url, IssuedAuthority.create(Instant.now()).root(), folder.resolve("other.crt")))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static void keep(IssuedAuthority issued, HowdahHarness howdah) {
        var secrets = howdah.kubernetes().secrets().inNamespace(howdah.namespace());
        secrets.withName("howdah-ca").delete();
        secrets.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("howdah-ca")
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .addToData("tls.crt", encoded(issued.pair().certificate()))
                        .addToData("tls.key", encoded(issued.pair().privateKey()))
                        .addToData("ca.crt", encoded(issued.root()))
                        .build())
                .create();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static boolean connects(String url, String authority, Path file) throws Exception {
        Files.writeString(file, authority);
        Properties properties = new Properties();
        properties.setProperty("sslrootcert", file.toString());
        try (var connection = DriverManager.getConnection(url, properties)) {
            return connection.isValid(5);
        }
    }
}
