package dev.howdah.tls;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The API's port alone: the actuator's, which only the cluster's own probes and scrapers reach, stays as it is. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TlsSettings.class, AuthoritySettings.class})
@Conditional(TlsConfiguration.NotOff.class)
class TlsConfiguration {
    static final class NotOff extends NoneNestedConditions {
        NotOff() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = "howdah.tls.mode", havingValue = "off")
        static final class Off {}

        // A bare off is false in YAML.
        @ConditionalOnProperty(name = "howdah.tls.mode", havingValue = "false")
        static final class Disabled {}
    }

    @Bean
    ApiTls apiTls(TlsSettings settings, CertificateSource source, Clock clock) {
        return new ApiTls(source, settings, clock);
    }

    @Bean
    @ConditionalOnProperty(name = "howdah.tls.mode", havingValue = "files")
    CertificateSource certificateFiles(TlsSettings settings) {
        return new CertificateFiles(
                Objects.requireNonNull(settings.certificate()), Objects.requireNonNull(settings.privateKey()));
    }

    @Bean
    @ConditionalOnProperty(name = "howdah.tls.mode", havingValue = "own", matchIfMissing = true)
    CertificateSource ownCertificate(
            TlsSettings settings,
            AuthorityStore authorities,
            AuthoritySettings authority,
            KubernetesClient client,
            Clock clock) {
        return new OwnCertificate(
                client, authority.namespace(), authorities, settings.allNames(), settings.validity(), clock);
    }

    /** With the patience of a request; the reconcilers have one of their own, with theirs. */
    @Bean
    @ConditionalOnProperty(name = "howdah.tls.mode", havingValue = "own", matchIfMissing = true)
    AuthorityStore apiAuthority(KubernetesClient client, AuthoritySettings authority, Clock clock) {
        return new AuthorityStore(client, authority.namespace(), clock, new SecureRandom());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> apiTlsCustomizer(SslBundles bundles) {
        return factory -> {
            factory.setSslBundles(bundles);
            factory.setSsl(Ssl.forBundle(ApiTls.BUNDLE));
        };
    }
}
