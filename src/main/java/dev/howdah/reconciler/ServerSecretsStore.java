package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.pki.CertificateAuthority;
import dev.howdah.pki.KeyPairPem;
import dev.howdah.pki.LeafCertificate;
import dev.howdah.pki.PkiException;
import dev.howdah.tls.AuthorityStore;
import dev.howdah.workload.ServerHosts;
import dev.howdah.workload.ServerSecrets;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets of a server: those it has, as long as they serve, else new ones. */
final class ServerSecretsStore {
    private final AuthorityStore authorities;
    private final WorkloadSettings settings;
    private final Clock clock;

    ServerSecretsStore(AuthorityStore authorities, WorkloadSettings settings, Clock clock) {
        this.authorities = authorities;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param moreNames names and addresses of the server that are only known once it runs */
    ServerSecrets of(PostgresServer server, ServerChildren seen, Collection<String> moreNames) {
        CertificateAuthority authority = authorities.authority();
        String password = SecretContent.find(seen.adminSecret(), "password")
                .orElseGet(() -> AdminPassword.of(AdminPassword.identity(server, seen.volumeClaim()), authority));
        KeyPairPem leaf = leaf(server, seen.tlsSecret(), moreNames, authority);
        return new ServerSecrets(password, leaf.certificate(), leaf.privateKey(), authority.trusted());
    }

    private KeyPairPem leaf(
            PostgresServer server, @Nullable Secret tls, Collection<String> moreNames, CertificateAuthority authority) {
        List<String> names = ServerHosts.subjectAlternativeNames(server, settings, moreNames);
        Optional<String> certificate = SecretContent.find(tls, "tls.crt");
        Optional<String> key = SecretContent.find(tls, "tls.key");
        if (certificate.isPresent() && key.isPresent() && serves(certificate.get(), names, authority)) {
            return new KeyPairPem(certificate.get(), key.get());
        }
        return authority.issue(names, CertificateAuthority.LEAF_VALIDITY);
    }

    private boolean serves(String certificate, List<String> names, CertificateAuthority authority) {
        try {
            LeafCertificate leaf = LeafCertificate.parse(certificate);
            return !leaf.renewalDue(clock.instant()) && leaf.covers(names) && leaf.issuedBy(authority.certificate());
        } catch (PkiException _) {
            return false; // whatever it is, it is no certificate
        }
    }
}
