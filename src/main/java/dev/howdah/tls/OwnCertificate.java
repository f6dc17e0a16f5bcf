package dev.howdah.tls;

import dev.howdah.pki.CertificateAuthority;
import dev.howdah.pki.KeyPairPem;
import dev.howdah.pki.LeafCertificate;
import dev.howdah.pki.PkiException;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One certificate for all replicas, in the Secret {@value #NAME}. Whoever first finds that it is missing, or in the last third
 * of its life, makes a new one; the others find that theirs is no longer wanted and take that one.
 */
final class OwnCertificate implements CertificateSource {
    static final String NAME = "howdah-api-tls";
    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);
    private static final int ATTEMPTS = 3;

    private final KubernetesClient client;
    private final String namespace;
    private final AuthorityStore authorities;
    private final List<String> names;
    private final Duration validity;
    private final Clock clock;
    private boolean namesChecked;

    OwnCertificate(
            KubernetesClient client,
            String namespace,
            AuthorityStore authorities,
            List<String> names,
            Duration validity,
            Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.authorities = authorities;
        this.names = names;
        this.validity = validity;
        this.clock = clock;
    }

    @Override
    public synchronized KeyPairPem current() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Secret stored =
                    client.secrets().inNamespace(namespace).withName(NAME).get();
            if (stored != null && serves(stored)) {
                namesChecked = true;
                return TlsSecret.pair(stored);
            }
            KeyPairPem made = authorities.authority().issue(names, validity);
            if (written(made, stored)) {
                LOG.atInfo().addKeyValue("names", names).log("Certificate of the API issued");
                namesChecked = true;
                return made;
            }
        }
        throw new NoCertificate("Secret %s in %s changes all the time.".formatted(NAME, namespace));
    }

    /** Names are compared at the start only: replicas with old and with new settings must not take turns in replacing it. */
    private boolean serves(Secret stored) {
        try {
            LeafCertificate leaf = LeafCertificate.parse(TlsSecret.pair(stored).certificate());
            return !leaf.renewalDue(clock.instant())
                    && leaf.issuedBy(authorities.authority().certificate())
                    && (namesChecked || leaf.covers(names));
        } catch (PkiException | IllegalStateException unusable) {
            return false;
        }
    }

    /** Whether nobody else was faster. */
    private boolean written(KeyPairPem made, @Nullable Secret former) {
        CertificateAuthority authority = authorities.authority();
        Secret secret = TlsSecret.of(namespace, NAME, made, authority.trusted());
        try {
            if (former == null) {
                client.resource(secret).create();
            } else {
                secret.getMetadata().setResourceVersion(former.getMetadata().getResourceVersion());
                client.resource(secret).update();
            }
            return true;
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND && former != null) {
                return false;
            }
            throw failure;
        }
    }
}
