package dev.howdah.drift;

import dev.howdah.reconciler.RolesOnServers;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DriftConfiguration {
    @Bean
    DriftEndpoint driftEndpoint(KubernetesClient client, RolesOnServers servers, Clock clock) {
        String namespace = servers.namespace();
        return new DriftEndpoint(new DriftCheck(new Census(client, namespace, servers), namespace, clock));
    }
}
