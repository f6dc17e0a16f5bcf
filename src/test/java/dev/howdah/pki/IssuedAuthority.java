package dev.howdah.pki;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority that a company's root issued, as cert-manager puts it into a Secret.
 *
 * @param pair its certificate and key
 * @param root the company's certificate, PEM
 */
public record IssuedAuthority(KeyPairPem pair, String root) {
    /** A new root, and an authority below it. */
    public static IssuedAuthority create(Instant now) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        KeyPair company = keys.generateKeyPair();
        KeyPair howdah = keys.generateKeyPair();
        String root = certificate("CN=Company", company, "CN=Company", company, now);
        String own = certificate("CN=Howdah", howdah, "CN=Company", company, now);
        return new IssuedAuthority(new KeyPairPem(own, Pem.of(howdah.getPrivate())), root);
    }

    private static String certificate(String subject, KeyPair keys, String issuer, KeyPair signer, Instant now)
            throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(now.toEpochMilli()).add(BigInteger.valueOf(subject.hashCode())),
                Date.from(now.minusSeconds(60)),
                Date.from(now.plus(Duration.ofDays(400))),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return Pem.of(new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))));
    }
}
