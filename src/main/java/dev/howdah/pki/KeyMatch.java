package dev.howdah.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;

/** Whether a private and a public key are a pair: what one signs, the other verifies. */
final class KeyMatch {

    private static final byte[] MESSAGE = {1};

    private KeyMatch() {}

    static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey, SecureRandom random) {
        try {
            Signature signature = Signature.getInstance(CertificateFields.SIGNATURE);
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
}
