package dev.howdah.pki;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.util.IPAddress;

/** A server's certificate, read to decide whether it still serves. */
public final class LeafCertificate {

    private final X509Certificate certificate;

    private LeafCertificate(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /** @throws PkiException if the text is no certificate */
    public static LeafCertificate parse(String pem) {
        return new LeafCertificate(Pem.certificate(pem));
    }

    static LeafCertificate of(X509Certificate certificate) {
        return new LeafCertificate(certificate);
    }

    /** When it ends. */
    public Instant validUntil() {
        return certificate.getNotAfter().toInstant();
    }

    /** When to renew: with the last third of its validity there is time to notice that renewing fails. */
    public Instant renewAt() {
        Instant start = certificate.getNotBefore().toInstant();
        return validUntil().minus(Duration.between(start, validUntil()).dividedBy(3));
    }

    public boolean renewalDue(Instant now) {
        return !now.isBefore(renewAt());
    }

    /** Whether it is valid for every one of these DNS names and IP addresses. */
    public boolean covers(Collection<String> names) {
        Set<String> covered = alternativeNames();
        return names.stream().map(LeafCertificate::normal).allMatch(covered::contains);
    }

    /** Whether this authority (PEM) signed it. */
    public boolean issuedBy(String authority) {
        try {
            certificate.verify(Pem.certificate(authority).getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private Set<String> alternativeNames() {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of()).stream()
                    .map(entry -> normal(String.valueOf(entry.get(1))))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (CertificateParsingException e) {
            throw new PkiException("The certificate's alternative names cannot be read", e);
        }
    }

    /** One spelling for each address: IPv6 has many. A literal address is never looked up. */
    private static String normal(String name) {
        if (!IPAddress.isValid(name)) {
            return name;
        }
        try {
            return InetAddress.getByName(name).getHostAddress();
        } catch (UnknownHostException _) {
            return name;
        }
    }
}
