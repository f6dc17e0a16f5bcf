package dev.howdah.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** What stands in the certificates (RFC 5280). */
final class CertificateFields {

    static final String SIGNATURE = "SHA256withECDSA";

    /** Clocks of clients that are a little slow must not refuse a certificate that is brand-new. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** ub-common-name of RFC 5280; longer names are in the alternative names only. */
    private static final int LONGEST_COMMON_NAME = 64;

    private static final int SERIAL_BITS = 127;

    private final Clock clock;
    private final SecureRandom random;

    CertificateFields(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    X509Certificate authority(String commonName, KeyPair keys, Duration validity) {
        X500Name name = commonName(commonName);
        Instant now = clock.instant();
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial(),
                    Date.from(now.minus(CLOCK_SKEW)),
                    Date.from(now.plus(validity)),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return sign(builder, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new PkiException("The authority's certificate cannot be made", e);
        }
    }

    X509Certificate leaf(
            List<String> names, PublicKey key, Duration validity, X509Certificate authority, PrivateKey authorityKey) {
        Instant now = clock.instant();
        Date end = earlier(Date.from(now.plus(validity)), authority.getNotAfter());
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    authority.getSubjectX500Principal(),
                    serial(),
                    Date.from(now.minus(CLOCK_SKEW)),
                    end,
                    subject(names.getFirst()),
                    key);
            addLeafExtensions(builder, names, key, authority);
            return sign(builder, authorityKey);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new PkiException("A certificate for " + names + " cannot be made", e);
        }
    }

    private static void addLeafExtensions(
            X509v3CertificateBuilder builder, List<String> names, PublicKey key, X509Certificate authority)
            throws CertIOException, GeneralSecurityException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(authority.getPublicKey()));
    }

    private static GeneralNames alternativeNames(List<String> names) {
        return new GeneralNames(names.stream()
                .distinct()
                .map(name ->
                        new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        JcaContentSignerBuilder signer = new JcaContentSignerBuilder(SIGNATURE).setSecureRandom(random);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer.build(key)));
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
    }

    private static X500Principal subject(String firstName) {
        String name = firstName.length() > LONGEST_COMMON_NAME ? "postgresql" : firstName;
        return new X500Principal("CN=" + name);
    }

    private static X500Name commonName(String name) {
        return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    }

    private static Date earlier(Date one, Date other) {
        return one.before(other) ? one : other;
    }
}
