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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the custom resources can be read, and if not, why. Part of readiness, and never of liveness: to start a process
 * again brings no API server back. The API server is asked beside the probe, which has no time to wait for it, and one that is
 * slow for a moment does not count: all replicas would be gone at once, where each could have answered or said why not.
 */
final class ClusterHealth implements HealthIndicator {
    /** Several probes ask; one question to the API server answers them. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AT_THE_START = Duration.ofSeconds(2);
    private static final Health NOT_YET = down("The Kubernetes API has not answered yet.");
    private static final Health SILENT = down("The Kubernetes API does not answer.");

    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(PostgresServer.class, PostgresInstance.class, PostgresBinding.class);

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable Seen last;

    private record Seen(Health health, Instant at) {}

    ClusterHealth(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    @Override
    public Health health() {
        if (isDue() && asking.compareAndSet(false, true)) {
            Thread question = Thread.ofVirtual().name("cluster-health").start(this::refresh);
            if (last == null) {
                waitFor(question);
            }
        }
        Seen known = last;
        return known == null ? NOT_YET : known.health();
    }

    private boolean isDue() {
        Seen known = last;
        return known == null || isPast(known.at().plus(FRESH));
    }

    /** A replica that has just started is ready with the first probe if it can be. */
    private static void waitFor(Thread question) {
        try {
            question.join(AT_THE_START);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void refresh() {
        try {
            last = outcome(ask(), last);
        } finally {
            asking.set(false);
        }
    }

    /** Silence counts when it has lasted. */
    private Seen outcome(Health found, @Nullable Seen former) {
        return found != SILENT
                        || former == null
                        || former.health() == SILENT
                        || isPast(former.at().plus(PATIENCE))
                ? new Seen(found, clock.instant())
                : former;
    }

    private boolean isPast(Instant time) {
        return !clock.instant().isBefore(time);
    }

    private Health ask() {
        for (Class<? extends HasMetadata> kind : KINDS) {
            String resource = HasMetadata.getFullResourceName(kind);
            try {
                client.resources(kind)
                        .inNamespace(namespace)
                        .list(new ListOptionsBuilder().withLimit(1L).build());
            } catch (KubernetesClientException failure) {
                return problem(failure, resource);
            }
        }
        return Health.up().withDetail("namespace", namespace).build();
    }

    private Health problem(KubernetesClientException failure, String resource) {
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                down(
                        "There are no %s: the custom resource definitions are missing (kubectl apply -f broker-manifests/crds)."
                                .formatted(resource));
            case HttpURLConnection.HTTP_FORBIDDEN ->
                down("Howdah may not list %s in the namespace %s: its Role or RoleBinding is missing there."
                        .formatted(resource, namespace));
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                down(
                        "The Kubernetes API does not accept Howdah's credentials: its ServiceAccount token or kubeconfig is not good.");
            default -> SILENT;
        };
    }

    private static Health down(String reason) {
        return Health.down().withDetail("reason", reason).build();
    }
}
