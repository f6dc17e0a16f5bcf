package dev.howdah.observability;

import dev.howdah.catalog.Catalog;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchedNamespace.class)
class ObservabilityConfiguration {
    @Bean
    ClusterHealth kubernetesHealthIndicator(KubernetesClient client, WatchedNamespace watched, Clock clock) {
        return new ClusterHealth(client, watched.namespace(), clock);
    }

    @Bean
    FilterRegistrationBean<OsbCallFilter> osbCallFilter(MeterRegistry meters, Catalog catalog) {
        FilterRegistrationBean<OsbCallFilter> registration =
                new FilterRegistrationBean<>(new OsbCallFilter(meters, catalog));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        return registration;
    }
}
