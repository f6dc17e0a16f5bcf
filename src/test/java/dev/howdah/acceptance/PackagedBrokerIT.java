package dev.howdah.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.OsbClient;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.api.NodePorts;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The jar as it is shipped, whose beans were worked out when it was built, where all other tests run on classes in a folder and have
 * them worked out at the start.
 */
@Tag("packaged")
class PackagedBrokerIT {
    private static final Map<String, String> PLAIN_HTTP = Map.of("HOWDAH_TLS_MODE", "off");

    private static EmbeddedKubernetes kubernetes;
    private static NodePorts ports;

    @BeforeAll
    static void start() {
        kubernetes = EmbeddedKubernetes.start();
        ports = NodePorts.reserve();
    }

    @AfterAll
    static void stop() {
        ports.close();
        kubernetes.close();
    }

    @Test
    void theWholeTourWorksWithThePreparedBeans() throws Exception {
        try (PackagedBroker broker = PackagedBroker.start(kubernetes, ports, PLAIN_HTTP)) {
            assertThat(broker.tookPreparedBeans()).isTrue();

            ReadmeTour.take(broker.url());

            assertThat(broker.management().get("/actuator/prometheus").body())
                    .contains("howdah_leader", "jvm_memory_used_bytes", "howdah_osb_requests")
                    .doesNotContain("tomcat_sessions");
            assertThat(broker.management().get("/actuator/howdah").status()).isEqualTo(200);
            assertThat(broker.management().get("/actuator/env").status()).isEqualTo(404);
            assertThat(broker.osb().without("Authorization").get("/v2/catalog").status())
                    .isEqualTo(401);
            OsbClient stranger = OsbClient.of(broker.url(), "stranger", "wrong");
            assertThat(IntStream.range(0, 10)
                            .map(i -> stranger.get("/v2/catalog").status())
                            .boxed())
                    .as("as many as howdah.security.failed-logins.limit says")
                    .containsOnly(401);
            assertThat(stranger.get("/v2/catalog").status()).isEqualTo(429);
            assertThat(broker.end()).isEqualTo(128 + 15);
        }
    }

    @Test
    void settingsThatAskForOtherBeansAreHeard() {
        try (PackagedBroker broker = PackagedBroker.start(
                kubernetes,
                ports,
                Map.of("HOWDAH_TLS_MODE", "off", "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,env"))) {
            assertThat(broker.tookPreparedBeans()).isFalse();
            assertThat(broker.management().get("/actuator/env").status()).isEqualTo(200);
            assertThat(broker.management().get("/actuator/prometheus").status()).isEqualTo(404);
            assertThat(broker.osb().get("/v2/catalog").status()).isEqualTo(200);
        }
    }

    /** Spring Boot translates them into settings of its own, late. */
    @Test
    void variablesOfOpenTelemetryAreHeard() {
        try (PackagedBroker broker = PackagedBroker.start(
                kubernetes,
                ports,
                Map.of("HOWDAH_TLS_MODE", "off", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"))) {
            assertThat(broker.tookPreparedBeans()).isFalse();
            assertThat(broker.osb().get("/v2/catalog").status()).isEqualTo(200);
        }
    }

    @Test
    void thePreparedBeansAreThoseOfEachWayToHaveACertificate() throws Exception {
        try (PackagedBroker broker = PackagedBroker.start(kubernetes, ports, Map.of())) {
            assertThat(broker.tookPreparedBeans()).isTrue();
            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(trustInTheAuthority()).build();

            var answer = trusting.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + broker.port() + "/v2/catalog"))
                            .header("X-Broker-API-Version", "2.17")
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }

    private static SSLContext trustInTheAuthority() throws Exception {
        String pem = kubernetes
                .client()
                .secrets()
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName("howdah-api-tls")
                .get()
                .getData()
                .get("ca.crt");
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Base64.getDecoder().decode(pem))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
