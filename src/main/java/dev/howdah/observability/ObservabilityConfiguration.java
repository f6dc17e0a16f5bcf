package dev.howdah.observability;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ObservabilitySettings.class, WatchedNamespace.class})
class ObservabilityConfiguration {
    @Bean
    ClusterHealth kubernetesHealthIndicator(KubernetesClient client, WatchedNamespace watched, Clock clock) {
        return new ClusterHealth(client, watched.namespace(), clock);
    }
}
