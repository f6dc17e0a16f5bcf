package dev.howdah.reconciler;

import dev.howdah.postgres.PostgresServers;
import dev.howdah.tls.AuthorityStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Also in a process that does not reconcile. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconcilerSettings.class)
class RolesConfiguration {
    @Bean
    RolesOnServers rolesOnServers(
            KubernetesClient client, ReconcilerSettings settings, PostgresServers servers, Clock clock) {
        AuthorityStore authorities = new AuthorityStore(client, settings.namespace(), clock, new SecureRandom());
        return new RolesOnServers(
                client, settings.namespace(), servers, new ServerAccess(client, authorities, settings.reach(), clock));
    }
}
