package dev.howdah.bench;

import dev.howdah.bench.Applications.Running;
import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** How many requests a second are answered: control plane only, for nothing reconciles. */
final class RequestsSection {
    private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
    private static final int COMPARED = 16;
    private static final int COMPARISONS = 3;
    private static final Map<String, String> VIRTUAL = Map.of("spring.threads.virtual.enabled", "true");

    private final Applications applications;
    private final Duration duration;
    private final LoadGenerator generator = LoadGenerator.best();
    private final VirtualThreads threads = new VirtualThreads();
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, Object> raw = new LinkedHashMap<>();

    RequestsSection(Applications applications, Duration duration) {
        this.applications = applications;
        this.duration = duration;
    }

    void run(Report report) throws Exception {
        try (EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
                ApiCalls api = new ApiCalls(kubernetes.config());
                Running broker = broker(api, kubernetes)) {
            broker.firstAnswer();
            OsbClient osb = broker.osb();
            byte[] catalog = osb.get("/v2/catalog").body().getBytes(StandardCharsets.UTF_8);
            try (Running bare = applications.empty(List.of(), catalog, VIRTUAL)) {
                bare.firstAnswer();
                compare(report, broker, bare);
            }
            BrokerClient platform = new BrokerClient(osb, "free");
            URI poll = poll(broker, platform, kubernetes.client());
            warmUp(poll, osb.headers());
            for (int connections : CONNECTIONS) {
                add("poll", generator.get(poll, osb.headers(), connections, duration));
            }
            for (int connections : CONNECTIONS) {
                add("provision, until 202", threads.run(provisions(broker, platform), connections, duration));
            }
        }
        report.add(new Table(
                "Requests, each on a connection that is kept",
                List.of("request", "connections", "by", "requests/s", "p50 ms", "p95 ms", "p99 ms", "errors"),
                rows));
        report.raw("requests", raw);
    }

    private Running broker(ApiCalls api, EmbeddedKubernetes kubernetes) throws IOException {
        String token = kubernetes.config().getOauthToken();
        return applications.broker(
                api.url(),
                token == null ? "" : token,
                List.of(),
                Map.of("howdah.reconcile", "false", "howdah.osb.wait", "0s", "logging.level.dev.howdah.audit", "warn"));
    }

    /** In turns, so that both have the same share of whatever else the machine does; the median of the ratios counts. */
    private void compare(Report report, Running broker, Running bare) throws IOException, InterruptedException {
        URI catalog = broker.url().resolve("/v2/catalog");
        URI bytes = bare.url().resolve("/bytes");
        Map<String, String> headers = broker.osb().headers();
        warmUp(catalog, headers);
        warmUp(bytes, Map.of());
        for (int connections : CONNECTIONS) {
            if (connections != COMPARED) {
                add("catalog", generator.get(catalog, headers, connections, duration));
                add("the same bytes from an empty application", generator.get(bytes, Map.of(), connections, duration));
            }
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < COMPARISONS; i++) {
            Load ours = generator.get(catalog, headers, COMPARED, duration);
            Load theirs = generator.get(bytes, Map.of(), COMPARED, duration);
            add("catalog", ours);
            add("the same bytes from an empty application", theirs);
            ratios.add(ours.perSecond() / theirs.perSecond());
        }
        ratios.sort(null);
        report.raw("catalog to bare endpoint", ratios);
        report.add(Target.atLeast(
                "catalog with a login, requests/s as a share of the same bytes from an empty application",
                ratios.get(COMPARISONS / 2),
                0.8,
                "×"));
    }

    private void warmUp(URI url, Map<String, String> headers) throws IOException, InterruptedException {
        generator.get(url, headers, COMPARED, duration);
    }

    private static URI poll(Running broker, BrokerClient platform, KubernetesClient client) {
        String id = UUID.randomUUID().toString();
        platform.ask(id);
        PostgresInstance instance = client.resources(PostgresInstance.class)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName("pg-" + id)
                .get();
        String operation = "provision-" + instance.getMetadata().getUid();
        instance.setStatus(new PostgresInstanceStatus(
                PostgresInstanceStatus.Phase.Ready,
                1L,
                List.of(),
                "pg-" + id,
                "db",
                null,
                new Operation(operation, Operation.Type.Provision, Operation.State.Succeeded, null, null, null)));
        client.resource(instance).updateStatus();
        return broker.url().resolve(BrokerClient.path(id) + "/last_operation");
    }

    private static Supplier<HttpRequest> provisions(Running broker, BrokerClient platform) {
        String body = platform.provisionBody();
        Map<String, String> headers = broker.osb().headers();
        return () -> {
            URI url =
                    broker.url().resolve(BrokerClient.path(UUID.randomUUID().toString()) + "?accepts_incomplete=true");
            HttpRequest.Builder request = HttpRequest.newBuilder(url).PUT(BodyPublishers.ofString(body));
            headers.forEach(request::setHeader);
            return request.build();
        };
    }

    private void add(String what, Load load) {
        rows.add(List.of(
                what,
                String.valueOf(load.connections()),
                load.tool(),
                "%.0f".formatted(load.perSecond()),
                millis(load.p50()),
                millis(load.p95()),
                millis(load.p99()),
                String.valueOf(load.errors())));
        raw.put(what + ", " + load.connections() + " connections, " + rows.size(), load);
    }

    private static String millis(Duration duration) {
        return "%.1f".formatted(duration.toNanos() / 1e6);
    }
}
