package dev.howdah.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the Kubernetes client is. A request is told that the API server is away before its platform hangs up.
 *
 * @param connectTimeout for a connection to the API server
 * @param requestTimeout for the answer to one request
 * @param retries of a request that found the API server away or overloaded
 * @param retryInterval before the first of them; it doubles
 * @param timePerRequest so long all questions that answer one request of a platform may take together; no further one is begun
 * @param warmUp so long a start may begin questions to the API server before it is ready; zero: it asks none
 */
@ConfigurationProperties("howdah.kubernetes")
record ClientSettings(
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("2s") Duration requestTimeout,
        @DefaultValue("1") int retries,
        @DefaultValue("200ms") Duration retryInterval,
        @DefaultValue("3s") Duration timePerRequest,
        @DefaultValue("0s") Duration warmUp) {

    void applyTo(Config config) {
        config.setConnectionTimeout((int) connectTimeout.toMillis());
        config.setRequestTimeout((int) requestTimeout.toMillis());
        config.setRequestRetryBackoffLimit(retries);
        config.setRequestRetryBackoffInterval((int) retryInterval.toMillis());
    }
}
