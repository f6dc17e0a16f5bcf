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
import java.util.List;

/**
 * Howdah's certificate authority: ECDSA on P-256, valid ten years, so that credentials which carry its certificate outlive
 * many renewals of the servers' own. Immutable; safe for use by several threads.
 */
public final class CertificateAuthority {

    /** How long a new authority is valid. */
    public static final Duration VALIDITY = Duration.ofDays(3653);

    /** How long a server's certificate should be valid. */
    public static final Duration LEAF_VALIDITY = Duration.ofDays(365);

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Clock clock;
    private final SecureRandom random;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key, Clock clock, SecureRandom random) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /** A new authority with a new key. */
    public static CertificateAuthority create(String commonName, Clock clock, SecureRandom random) {
        KeyPair keys = newKeys(random);
        X509Certificate certificate = new CertificateFields(clock, random).authority(commonName, keys, VALIDITY);
        return new CertificateAuthority(certificate, keys.getPrivate(), clock, random);
    }

    /**
     * The authority that was stored.
     *
     * @throws PkiException if the texts are no certificate of an authority and its key
     */
    public static CertificateAuthority from(KeyPairPem stored, Clock clock, SecureRandom random) {
        X509Certificate certificate = Pem.certificate(stored.certificate());
        if (certificate.getBasicConstraints() < 0) {
            throw new PkiException(
                    "The certificate is not one of a certificate authority (basicConstraints CA is missing)");
        }
        PrivateKey key = Pem.privateKey(stored.privateKey());
        if (!KeyMatch.belongTogether(certificate.getPublicKey(), key, random)) {
            throw new PkiException("The private key is not the one of the certificate authority's certificate");
        }
        return new CertificateAuthority(certificate, key, clock, random);
    }

    /** What to store. */
    public KeyPairPem pem() {
        return new KeyPairPem(Pem.of(certificate), Pem.of(key));
    }

    /** The certificate that clients verify servers against, PEM. */
    public String certificate() {
        return Pem.of(certificate);
    }

    /**
     * A certificate for a server, with a new key.
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
        return new KeyPairPem(Pem.of(leaf), Pem.of(keys.getPrivate()));
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
