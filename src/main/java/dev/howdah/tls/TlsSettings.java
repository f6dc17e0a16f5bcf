package dev.howdah.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * TLS of the API.
 *
 * @param mode where the certificate comes from, or {@code off}
 * @param service name of the Service in front of the API, for {@code own}
 * @param serviceNamespace namespace of that Service
 * @param names more DNS names and IP addresses under which the API is called
 * @param validity of a certificate that Howdah makes; it is renewed with the last third
 * @param certificate file with the certificate and the rest of its chain (PEM), for {@code files}
 * @param privateKey file with its key (PEM, PKCS #8, PKCS #1 or SEC 1)
 * @param reloadInterval how soon a new certificate is shown
 * @param patience how long a start waits for the API server when it needs a certificate from there
 */
@ConfigurationProperties(value = "howdah.tls", ignoreUnknownFields = false)
record TlsSettings(
        @DefaultValue("own") Mode mode,
        @DefaultValue("howdah") String service,
        @DefaultValue("howdah-system") String serviceNamespace,
        @DefaultValue List<String> names,
        @DefaultValue("90d") Duration validity,
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @DefaultValue("10s") Duration reloadInterval,
        @DefaultValue("60s") Duration patience) {

    enum Mode {
        /** Howdah's own authority issues it. */
        OWN,
        /** Somebody else writes it to files. */
        FILES,
        /** Plain HTTP. */
        OFF
    }

    TlsSettings {
        names = List.copyOf(names);
        if (mode == Mode.FILES && (certificate == null || privateKey == null)) {
            throw new NoCertificate("howdah.tls.mode is files, but %s is not set."
                    .formatted(certificate == null ? "howdah.tls.certificate" : "howdah.tls.private-key"));
        }
    }

    /** Each way to name the Service, as docs of Kubernetes' DNS have them, and the names that were given. */
    List<String> allNames() {
        List<String> all = new ArrayList<>(List.of(
                "%s.%s.svc".formatted(service, serviceNamespace),
                "%s.%s.svc.cluster.local".formatted(service, serviceNamespace),
                "%s.%s".formatted(service, serviceNamespace),
                service,
                "localhost",
                "127.0.0.1"));
        names.stream().filter(name -> !all.contains(name)).forEach(all::add);
        return all;
    }
}
