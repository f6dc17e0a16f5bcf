package dev.howdah.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Howdah's certificate authority: ECDSA on P-256, valid ten years, so that credentials which carry its certificate outlive
 * many renewals of the servers' own. It may be an intermediate one that somebody else issued: then servers show its
 * certificate with their own, and clients trust the root. Immutable; safe for use by several threads.
 */
public final class CertificateAuthority {

    /** How long a new authority is valid. */
    public static final Duration VALIDITY = Duration.ofDays(3653);

    /** How long a server's certificate should be valid. */
    public static final Duration LEAF_VALIDITY = Duration.ofDays(365);

    private final X509Certificate certificate;
    private final String chain;
    private final String trusted;
    private final PrivateKey key;
    private final Clock clock;
    private final SecureRandom random;

    private CertificateAuthority(
            X509Certificate certificate,
            String chain,
            String trusted,
            PrivateKey key,
            Clock clock,
            SecureRandom random) {
        this.certificate = certificate;
        this.chain = chain;
        this.trusted = trusted;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /** A new authority with a new key. */
    public static CertificateAuthority create(String commonName, Clock clock, SecureRandom random) {
        KeyPair keys = newKeys(random);
        X509Certificate certificate = new CertificateFields(clock, random).authority(commonName, keys, VALIDITY);
        String own = Pem.of(certificate);
        return new CertificateAuthority(certificate, own, own, keys.getPrivate(), clock, random);
    }

    /**
     * The authority that was stored.
     *
     * @param stored its certificate, followed by those of the authorities between it and the root if there are any
     * @param root the certificate that clients trust; needed for an authority that another one issued
     * @throws PkiException if the texts are no certificate of an authority and its key, or the root is needed and missing
     */
    public static CertificateAuthority from(
            KeyPairPem stored, @Nullable String root, Clock clock, SecureRandom random) {
        List<X509Certificate> chain = Pem.certificates(stored.certificate());
        X509Certificate certificate = chain.getFirst();
        if (certificate.getBasicConstraints() < 0) {
            throw new PkiException(
                    "The certificate is not one of a certificate authority (basicConstraints CA is missing)");
        }
        PrivateKey key = Pem.privateKey(stored.privateKey());
        if (!KeyMatch.belongTogether(certificate.getPublicKey(), key, random)) {
            throw new PkiException("The private key is not the one of the certificate authority's certificate");
        }
        String text = chain.stream().map(Pem::of).collect(Collectors.joining());
        return new CertificateAuthority(certificate, text, trusted(chain, root), key, clock, random);
    }

    private static String trusted(List<X509Certificate> chain, @Nullable String root) {
        if (isRoot(chain.getFirst())) {
            return Pem.of(chain.getFirst());
        }
        if (root == null) {
            throw new PkiException(
                    "The certificate authority was issued by another one, whose certificate (ca.crt) is missing");
        }
        X509Certificate anchor = Pem.certificate(root);
        X509Certificate last = chain.getLast();
        if (!last.equals(anchor) && !LeafCertificate.of(last).issuedBy(root)) {
            throw new PkiException("The certificate authority was not issued by the one in ca.crt");
        }
        return Pem.of(anchor);
    }

    private static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** What to store. */
    public KeyPairPem pem() {
        return new KeyPairPem(chain, Pem.of(key));
    }

    /** The certificate that clients verify servers against, PEM. */
    public String trusted() {
        return trusted;
    }

    /** When it ends, and with it every certificate that it has issued. */
    public Instant validUntil() {
        return certificate.getNotAfter().toInstant();
    }

    /** Its own certificate, whose key signs those of servers, PEM. */
    public String certificate() {
        return Pem.of(certificate);
    }

    /**
     * A certificate for a server, with a new key; after it, those between it and the one that clients trust.
     *
     * @param names DNS names and IP addresses the server is reached by, at least one; the first is the common name
     * @param validity from now; cut off where the authority's own validity ends
     */
    public KeyPairPem issue(List<String> names, Duration validity) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names: a certificate needs at least one name");
        }
        KeyPair keys = newKeys(random);
        X509Certificate leaf =
                new CertificateFields(clock, random).leaf(names, keys.getPublic(), validity, certificate, key);
        return new KeyPairPem(isRoot(certificate) ? Pem.of(leaf) : Pem.of(leaf) + chain, Pem.of(keys.getPrivate()));
    }

    private static KeyPair newKeys(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new PkiException("P-256 keys cannot be made here", e);
        }
    }
}
