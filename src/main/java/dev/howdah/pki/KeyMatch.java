package dev.howdah.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;

/** Whether a private and a public key are a pair: what one signs, the other verifies. */
public final class KeyMatch {

    private static final byte[] MESSAGE = {1};

    private KeyMatch() {}

    /** Of elliptic-curve, RSA or Edwards-curve keys. */
    public static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey, SecureRandom random) {
        try {
            Signature signature = Signature.getInstance(signatureOf(privateKey));
            signature.initSign(privateKey, random);
            signature.update(MESSAGE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(MESSAGE);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String signatureOf(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            default -> CertificateFields.SIGNATURE;
        };
    }
}
