package dev.howdah.tls;

import dev.howdah.pki.KeyMatch;
import dev.howdah.pki.KeyPairPem;
import dev.howdah.pki.LeafCertificate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.SmartLifecycle;

/**
 * Shows the certificate of its source, and follows it while the application runs: Tomcat takes an updated bundle for new
 * connections and leaves those that exist alone. Does nothing where TLS is off.
 */
final class ApiTls implements SslBundleRegistrar, SmartLifecycle, MeterBinder {
    static final String BUNDLE = "howdah-api";
    private static final String ALIAS = "howdah";
    private static final Logger LOG = LoggerFactory.getLogger(ApiTls.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final @Nullable CertificateSource source;
    private final TlsSettings settings;
    private final Clock clock;
    private volatile @Nullable KeyPairPem shown;
    private @Nullable SslBundleRegistry bundles;
    private volatile @Nullable Thread thread;
    private boolean troubled;

    /** @param source none where TLS is off */
    ApiTls(@Nullable CertificateSource source, TlsSettings settings, Clock clock) {
        this.source = source;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws NoCertificate if there is still none when the patience is over */
    @Override
    public synchronized void registerBundles(SslBundleRegistry registry) {
        if (source == null) {
            return;
        }
        KeyPairPem first = first(source);
        registry.registerBundle(BUNDLE, bundle(first));
        shown = first;
        bundles = registry;
    }

    private KeyPairPem first(CertificateSource source) {
        Instant end = clock.instant().plus(settings.patience());
        while (true) {
            try {
                KeyPairPem pair = source.current();
                bundle(pair);
                return pair;
            } catch (RuntimeException failure) {
                if (!clock.instant().isBefore(end)) {
                    throw failure instanceof NoCertificate
                            ? failure
                            : new NoCertificate("The API has no certificate: " + failure.getMessage(), failure);
                }
                LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("No certificate yet; trying again");
                pause(PAUSE);
            }
        }
    }

    /** Takes the source's certificate if it is another one. A source that fails leaves everything as it is. */
    synchronized void refresh() {
        if (source == null) {
            return;
        }
        try {
            KeyPairPem current = source.current();
            if (bundles != null && !current.equals(shown)) {
                bundles.updateBundle(BUNDLE, bundle(current));
                shown = current;
                LOG.info("The API shows a new certificate");
            }
            troubled = false;
        } catch (RuntimeException failure) {
            // Once for each trouble, and not every few seconds.
            LOG.atLevel(troubled ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.WARN)
                    .addKeyValue("reason", failure.getMessage())
                    .log("The API's certificate cannot be read again; the one before stays in use");
            troubled = true;
        }
    }

    /** The key is read now, so that a broken pair never gets as far as the web server. */
    private static SslBundle bundle(KeyPairPem pair) {
        PemSslStoreDetails store = PemSslStoreDetails.forCertificate(pair.certificate())
                .withPrivateKey(pair.privateKey())
                .withAlias(ALIAS);
        SslBundle bundle = SslBundle.of(new PemSslStoreBundle(store, null));
        bundle.createSslContext();
        requireMatch(bundle);
        return bundle;
    }

    private static void requireMatch(SslBundle bundle) {
        try {
            KeyStore keys = Objects.requireNonNull(bundle.getStores().getKeyStore());
            PublicKey shown = keys.getCertificate(ALIAS).getPublicKey();
            if (!(keys.getKey(ALIAS, null) instanceof PrivateKey key)
                    || !KeyMatch.belongTogether(shown, key, new SecureRandom())) {
                throw new NoCertificate("The API's private key is not the one of its certificate.");
            }
        } catch (GeneralSecurityException unreadable) {
            throw new NoCertificate("The API's certificate and key cannot be read.", unreadable);
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (source == null) {
            return;
        }
        Gauge.builder("howdah.certificate.expiry", this, ApiTls::secondsLeft)
                .tag("certificate", "api")
                .baseUnit("seconds")
                .description("Time until the certificate ends")
                .register(registry);
    }

    private double secondsLeft() {
        KeyPairPem current = shown;
        return current == null
                ? Double.NaN
                : Duration.between(
                                clock.instant(),
                                LeafCertificate.parse(current.certificate()).validUntil())
                        .toSeconds();
    }

    @Override
    public void start() {
        if (source == null) {
            return;
        }
        // Known before it runs: a thread that is quicker than this assignment would take itself for stopped.
        Thread following = Thread.ofVirtual().name("api-certificate").unstarted(this::follow);
        thread = following;
        following.start();
    }

    private void follow() {
        while (isRunning() && pause(settings.reloadInterval())) {
            refresh();
        }
    }

    @Override
    public void stop() {
        Thread following = thread;
        thread = null;
        if (following != null) {
            following.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private static boolean pause(Duration duration) {
        try {
            Thread.sleep(duration);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
