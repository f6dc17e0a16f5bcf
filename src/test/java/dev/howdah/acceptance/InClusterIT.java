package dev.howdah.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.howdah.testing.HowdahHarness;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The broker as it runs in a cluster: TLS, credentials from a folder, the actuator on its own port, a log in JSON. */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InClusterIT {
    private static final String IDS =
            "\"organization_guid\": \"o\", \"space_guid\": \"s\", \"service_id\": \"7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11\", \"plan_id\": \"3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21\"";
    private static final String QUERY =
            "service_id=7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11&plan_id=3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21";
    private static final String INSTANCE = "/v2/service_instances/in-cluster";

    @TempDir
    static Path credentials;

    private static final StringBuffer TRACES = new StringBuffer();
    private static HowdahHarness harness;
    private static HttpServer collector;

    @BeforeAll
    static void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            TRACES.append(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Files.createDirectories(credentials.resolve("users"));
        Files.createDirectories(credentials.resolve("tokens"));
        users("first-password");
        Files.writeString(credentials.resolve("tokens/ci"), "a-token");
        Map<String, String> settings = new HashMap<>(Map.of(
                "howdah.tls.mode", "own",
                "howdah.tls.reload-interval", "100ms",
                "management.server.port", "0",
                "howdah.security.directory", credentials.toString(),
                "howdah.security.reload-interval", "0s",
                "howdah.security.failed-logins.limit", "3",
                "logging.structured.format.console", "ecs"));
        settings.put(
                "management.opentelemetry.tracing.export.otlp.endpoint",
                "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
        settings.put("management.opentelemetry.tracing.export.schedule-delay", "100ms");
        harness = HowdahHarness.with(settings);
    }

    @AfterAll
    static void stop() {
        harness.close();
        collector.stop(0);
    }

    private static void users(String... passwords) throws IOException {
        Files.writeString(credentials.resolve("users/platform"), String.join("\n", passwords));
    }

    @Test
    @Order(1)
    void theCertificateIsTheOneInTheSecretAndFollowsIt() throws Exception {
        X509Certificate before = shown();
        assertThat(get("/v2/catalog", basic("first-password")).statusCode()).isEqualTo(200);
        assertThat(secret("howdah-api-tls").getData().get("ca.crt"))
                .isEqualTo(secret("howdah-ca").getData().get("ca.crt"));

        harness.kubernetes()
                .secrets()
                .inNamespace(harness.namespace())
                .withName("howdah-api-tls")
                .delete();

        await().atMost(Duration.ofSeconds(20)).until(() -> !shown().equals(before));
        assertThat(get("/v2/catalog", basic("first-password")).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void passwordsAreRotatedByEditingAFile() throws Exception {
        users("first-password", "second-password");
        assertThat(status(basic("first-password"))).isEqualTo(200);
        assertThat(status(basic("second-password"))).isEqualTo(200);

        users("second-password");
        assertThat(status(basic("first-password"))).isEqualTo(401);
        assertThat(status(basic("second-password"))).isEqualTo(200);
        assertThat(status("Bearer a-token")).isEqualTo(200);
        assertThat(status("Bearer another-token")).isEqualTo(401);
    }

    @Test
    @Order(3)
    void wrongPasswordsAreLimitedAndCountedAndTheRightOneStillIsLetIn() throws Exception {
        for (int i = 0; i < 3; i++) {
            status(basic("wrong"));
        }

        HttpResponse<String> limited = get("/v2/catalog", basic("wrong"));

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 20L);
        assertThat(status(basic("second-password"))).isEqualTo(200);
        assertThat(metrics())
                .containsPattern("howdah_logins_total\\{method=\"basic\",outcome=\"limited\"} [1-9]")
                .containsPattern("howdah_logins_total\\{method=\"basic\",outcome=\"wrong\"} [1-9]")
                .containsPattern(
                        "howdah_osb_requests_seconds_count\\{operation=\"catalog\",plan=\"none\",status=\"429\"} [1-9]");
    }

    @Test
    @Order(4)
    void healthAndMetricsNeedNoLoginOnTheirOwnPortAndTheReportDoes() throws Exception {
        assertThat(actuator("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(actuator("/actuator/health/liveness").body()).doesNotContain("kubernetes");
        assertThat(actuator("/actuator/health/readiness").body())
                .contains("\"kubernetes\":{", "\"watches\":{", harness.namespace());
        assertThat(actuator("/actuator/howdah").statusCode()).isEqualTo(401);
        assertThat(actuator("/v2/catalog").statusCode()).isIn(401, 404);
        assertThat(get("/actuator/prometheus", basic("second-password")).statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(5)
    void noPasswordOfAWholeLifeIsInLogsEventsResourcesMetricsOrTraces(CapturedOutput log) throws Exception {
        Set<String> secrets = new LinkedHashSet<>(List.of("first-password", "second-password", "a-token"));
        String token = "Bearer a-token";
        poll(send("PUT", INSTANCE + "?accepts_incomplete=true", "{" + IDS + "}", token));
        bind("one", "{" + IDS + "}", token, secrets);
        bind("two", "{\"predecessor_binding_id\": \"one\", " + IDS + "}", token, secrets);
        send("PATCH", INSTANCE + "?accepts_incomplete=true", "{" + IDS + ", \"parameters\": {\"nonsense\": 1}}", token);
        collect(secrets);
        String running = resources() + metrics();
        send("DELETE", INSTANCE + "/service_bindings/one?" + QUERY, null, token);
        poll(send("DELETE", INSTANCE + "?accepts_incomplete=true&" + QUERY, null, token));
        await().atMost(Duration.ofSeconds(20)).until(() -> TRACES.toString().contains("/v2/service_instances/"));
        String everything = log.getAll() + running + resources() + metrics() + TRACES;

        assertThat(secrets).hasSizeGreaterThan(5);
        secrets.forEach(secret -> assertThat(everything.contains(secret))
                .as("a secret of %d characters is in the logs, events, resources, metrics or traces", secret.length())
                .isFalse());
        assertThat(log.getAll())
                .contains("OSB request")
                .containsPattern("instance_id\\W{1,3}in-cluster")
                .containsPattern("caller\\W{1,3}ci\\b");
        assertThat(metrics())
                .containsPattern(
                        "howdah_operation_duration_seconds_count\\{outcome=\"Succeeded\",plan=\"free\",type=\"Provision\"} 1")
                .containsPattern(
                        "howdah_operation_duration_seconds_count\\{outcome=\"Succeeded\",plan=\"free\",type=\"Deprovision\"} 1")
                .containsPattern("howdah_provision_phase_seconds_count\\{phase=\"server\",plan=\"free\"} 1")
                .containsPattern("howdah_instances\\{phase=\"Ready\",plan=\"free\"} 0")
                .containsPattern("howdah_operations_stuck\\{type=\"Provision\"} 0")
                .containsPattern("howdah_certificate_expiry_seconds\\{certificate=\"api\"} [1-9]")
                .containsPattern("howdah_certificate_expiry_seconds\\{certificate=\"authority\"} [1-9]")
                .containsPattern("howdah_reconcile_queue\\{kind=\"PostgresServer\"} ")
                .containsPattern("howdah_leader 1");
    }

    private static void bind(String id, String body, String login, Set<String> secrets) throws Exception {
        HttpResponse<String> bound = send("PUT", INSTANCE + "/service_bindings/" + id, body, login);
        assertThat(bound.statusCode()).as(bound.body()).isEqualTo(201);
        JsonNode values = JsonMapper.shared().readTree(bound.body()).path("credentials");
        secrets.add(values.path("password").asString());
        secrets.add(values.path("uri").asString());
    }

    /** Everything in Secrets that is secret: what is no certificate, name or address. */
    private static void collect(Set<String> secrets) {
        for (Secret secret :
                client().secrets().inNamespace(harness.namespace()).list().getItems()) {
            secret.getData().forEach((key, value) -> {
                if (key.equals("password") || key.endsWith(".key") || key.endsWith("uri") || key.endsWith("url")) {
                    String text = new String(Base64.getDecoder().decode(value), UTF_8);
                    secrets.add(key.endsWith(".key") ? text.lines().toList().get(1) : text);
                }
            });
        }
    }

    private static String resources() {
        String namespace = harness.namespace();
        Stream<HasMetadata> known = Stream.of(
                        client().pods().inNamespace(namespace).list().getItems(),
                        client().configMaps().inNamespace(namespace).list().getItems(),
                        client().services().inNamespace(namespace).list().getItems(),
                        client().apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client().v1().events().inNamespace(namespace).list().getItems())
                .flatMap(List::stream);
        Stream<GenericKubernetesResource> ours = Stream.of("PostgresServer", "PostgresInstance", "PostgresBinding")
                .flatMap(
                        kind -> client()
                                .genericKubernetesResources("howdah.dev/v1", kind)
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .stream());
        return Stream.concat(known, ours).map(Serialization::asJson).reduce("", String::concat);
    }

    private static void poll(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isIn(200, 201, 202);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !send("GET", INSTANCE + "/last_operation", null, "Bearer a-token")
                        .body()
                        .contains("in progress"));
    }

    private static int status(String login) throws Exception {
        return get("/v2/catalog", login).statusCode();
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("platform:" + password).getBytes(UTF_8));
    }

    private static HttpResponse<String> get(String path, String login) throws Exception {
        return send("GET", path, null, login);
    }

    private static HttpResponse<String> send(String method, String path, String body, String login) throws Exception {
        URI url = URI.create(harness.baseUrl().toString().replace("http:", "https:") + path);
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Authorization", login)
                .header("X-Broker-API-Version", "2.17")
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try (HttpClient https = HttpClient.newBuilder().sslContext(trust()).build()) {
            return https.send(request, BodyHandlers.ofString());
        }
    }

    private static X509Certificate shown() throws Exception {
        try (HttpClient https = HttpClient.newBuilder().sslContext(trust()).build()) {
            URI url = URI.create(harness.baseUrl().toString().replace("http:", "https:") + "/v2/catalog");
            return (X509Certificate) https.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                    .sslSession()
                    .orElseThrow()
                    .getPeerCertificates()[0];
        }
    }

    /** Of the authority, and of nobody else. */
    private static SSLContext trust() throws GeneralSecurityException, IOException {
        byte[] authority =
                Base64.getDecoder().decode(secret("howdah-ca").getData().get("ca.crt"));
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "howdah",
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(authority)));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Secret secret(String name) {
        return Objects.requireNonNull(client().secrets()
                .inNamespace(harness.namespace())
                .withName(name)
                .get());
    }

    private static KubernetesClient client() {
        return harness.kubernetes();
    }

    private static String metrics() throws Exception {
        return actuator("/actuator/prometheus").body();
    }

    private static HttpResponse<String> actuator(String path) throws Exception {
        String port = harness.context().getEnvironment().getRequiredProperty("local.management.port");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
