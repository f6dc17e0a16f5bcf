package dev.howdah.tls;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The API's port alone: the actuator's, which only the cluster's own probes and scrapers reach, stays as it is. The mode is looked at by
 * the beans and not by conditions, so that the same beans serve every mode; see {@code docs/decisions/0006}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TlsSettings.class, AuthoritySettings.class})
class TlsConfiguration {
    @Bean
    ApiTls apiTls(TlsSettings settings, AuthoritySettings authority, KubernetesClient client, Clock clock) {
        return new ApiTls(source(settings, authority, client, clock), settings, clock);
    }

    private static @Nullable CertificateSource source(
            TlsSettings settings, AuthoritySettings authority, KubernetesClient client, Clock clock) {
        return switch (settings.mode()) {
            case OFF -> null;
            case FILES ->
                new CertificateFiles(
                        Objects.requireNonNull(settings.certificate()), Objects.requireNonNull(settings.privateKey()));
            // With the patience of a request; the reconcilers have an authority of their own, with theirs.
            case OWN ->
                new OwnCertificate(
                        client,
                        authority.namespace(),
                        new AuthorityStore(client, authority.namespace(), clock, new SecureRandom()),
                        settings.allNames(),
                        settings.validity(),
                        clock);
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> apiTlsCustomizer(
            TlsSettings settings, SslBundles bundles) {
        return factory -> {
            if (settings.mode() != TlsSettings.Mode.OFF) {
                factory.setSslBundles(bundles);
                factory.setSsl(Ssl.forBundle(ApiTls.BUNDLE));
            }
        };
    }
}
