package dev.howdah.reconciler;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;

/**
 * The Kubernetes client of the loops. The one of the requests gives up soon, because a platform waits; a loop that gave up as soon
 * would begin again and again, and all the more often the slower the API server is.
 */
record PatientClient(KubernetesClient client) implements AutoCloseable {

    /** @param requestTimeout for the answer to one request */
    static PatientClient like(KubernetesClient impatient, Duration requestTimeout) {
        return new PatientClient(new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(impatient.getConfiguration())
                        .withRequestTimeout((int) requestTimeout.toMillis())
                        .build())
                .build());
    }

    @Override
    public void close() {
        client.close();
    }
}
