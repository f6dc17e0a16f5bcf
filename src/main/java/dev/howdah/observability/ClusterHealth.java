package dev.howdah.observability;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the custom resources can be read, and if not, why. Part of readiness, and never of liveness: to start a process
 * again brings no API server back.
 */
final class ClusterHealth implements HealthIndicator {
    /** Several probes ask; one question to the API server answers them. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(PostgresServer.class, PostgresInstance.class, PostgresBinding.class);

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private @Nullable Seen last;

    private record Seen(Health health, Instant at) {}

    ClusterHealth(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    @Override
    public synchronized Health health() {
        Seen known = last;
        if (known != null && clock.instant().isBefore(known.at().plus(FRESH))) {
            return known.health();
        }
        Health health = ask();
        last = new Seen(health, clock.instant());
        return health;
    }

    private Health ask() {
        for (Class<? extends HasMetadata> kind : KINDS) {
            String resource = HasMetadata.getFullResourceName(kind);
            try {
                client.resources(kind)
                        .inNamespace(namespace)
                        .list(new ListOptionsBuilder().withLimit(1L).build());
            } catch (KubernetesClientException failure) {
                return Health.down()
                        .withDetail("reason", reason(failure, resource))
                        .build();
            }
        }
        return Health.up().withDetail("namespace", namespace).build();
    }

    private String reason(KubernetesClientException failure, String resource) {
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                "There are no %s: the custom resource definitions are missing (kubectl apply -f broker-manifests/crds)."
                        .formatted(resource);
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "Howdah may not list %s in the namespace %s: its Role or RoleBinding is missing there."
                        .formatted(resource, namespace);
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "The Kubernetes API does not accept Howdah's credentials: its ServiceAccount token or kubeconfig is not good.";
            default -> "The Kubernetes API does not answer.";
        };
    }
}
