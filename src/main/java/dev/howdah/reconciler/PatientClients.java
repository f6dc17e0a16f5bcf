package dev.howdah.reconciler;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;

/**
 * The Kubernetes clients of the loops. The one of the requests gives up soon, because a platform waits; a loop that gave up as soon
 * would begin again and again, and all the more often the slower the API server is.
 *
 * @param elector has half of the renew deadline for an answer, as client-go's elections do: an API server that is slow, but
 *     answers, costs no leader its lease
 */
record PatientClients(KubernetesClient elector, KubernetesClient loops) implements AutoCloseable {

    /** @param requestTimeout of the loops for the answer to one request */
    static PatientClients like(KubernetesClient impatient, Duration requestTimeout, Duration renewDeadline) {
        return new PatientClients(client(impatient, renewDeadline.dividedBy(2)), client(impatient, requestTimeout));
    }

    private static KubernetesClient client(KubernetesClient impatient, Duration requestTimeout) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(impatient.getConfiguration())
                        .withRequestTimeout((int) requestTimeout.toMillis())
                        .build())
                .withKubernetesSerialization(impatient.getKubernetesSerialization())
                .build();
    }

    @Override
    public void close() {
        elector.close();
        loops.close();
    }
}
