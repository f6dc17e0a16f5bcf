package dev.howdah.tls;

import dev.howdah.pki.CertificateAuthority;
import dev.howdah.pki.KeyPairPem;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authority of a namespace, kept in the Secret {@value #NAME}. It is only ever created, never overwritten:
 * of two processes that make one at the same time, the second takes the first one's. Somebody else may keep the Secret, for
 * example cert-manager, with {@code ca.crt} as the root that clients trust.
 */
public final class AuthorityStore implements MeterBinder {
    public static final String NAME = "howdah-ca";

    /** How soon a Secret that a person replaced is noticed. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private record Loaded(String resourceVersion, CertificateAuthority authority, Instant at) {}

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private final SecureRandom random;
    private volatile @Nullable Loaded loaded;

    /** @param namespace that holds the Secret */
    public AuthorityStore(KubernetesClient client, String namespace, Clock clock, SecureRandom random) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The authority; made now if the namespace has none. Asks the API server once a minute.
     *
     * @throws KubernetesClientException if the API server does not answer
     */
    public synchronized CertificateAuthority authority() {
        Loaded known = loaded;
        if (known != null && clock.instant().isBefore(known.at().plus(LOOK_AGAIN))) {
            return known.authority();
        }
        Secret secret = find();
        Loaded current = load(secret == null ? create() : secret, known);
        loaded = current;
        return current.authority();
    }

    /** As it was read last: a scrape asks no API server. Only the first store that is bound is shown. */
    @Override
    public void bindTo(MeterRegistry registry) {
        if (registry.find("howdah.certificate.expiry")
                        .tag("certificate", "authority")
                        .gauge()
                != null) {
            return;
        }
        Gauge.builder("howdah.certificate.expiry", this, AuthorityStore::secondsLeft)
                .tag("certificate", "authority")
                .baseUnit("seconds")
                .description("Time until the certificate ends")
                .strongReference(true)
                .register(registry);
    }

    private double secondsLeft() {
        Loaded known = loaded;
        return known == null
                ? Double.NaN
                : Duration.between(clock.instant(), known.authority().validUntil())
                        .toSeconds();
    }

    private Loaded load(Secret secret, @Nullable Loaded known) {
        String version = secret.getMetadata().getResourceVersion();
        return known != null && known.resourceVersion().equals(version)
                ? new Loaded(version, known.authority(), clock.instant())
                : new Loaded(version, parse(secret), clock.instant());
    }

    private CertificateAuthority parse(Secret secret) {
        return CertificateAuthority.from(TlsSecret.pair(secret), TlsSecret.root(secret), clock, random);
    }

    private @Nullable Secret find() {
        return client.secrets().inNamespace(namespace).withName(NAME).get();
    }

    private Secret create() {
        KeyPairPem pem = CertificateAuthority.create("Howdah", clock, random).pem();
        Secret secret = TlsSecret.of(namespace, NAME, pem, pem.certificate());
        try {
            return client.resource(secret).create();
        } catch (KubernetesClientException failure) {
            Secret winner = failure.getCode() == HttpURLConnection.HTTP_CONFLICT ? find() : null;
            if (winner == null) {
                throw failure;
            }
            return winner;
        }
    }
}
