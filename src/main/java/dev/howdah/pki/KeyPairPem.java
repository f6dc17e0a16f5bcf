package dev.howdah.pki;

/**
 * A certificate and its private key, as texts to store.
 *
 * @param certificate X.509 certificate, PEM
 * @param privateKey its key, PEM (PKCS #8, not encrypted)
 */
public record KeyPairPem(String certificate, String privateKey) {

    @Override
    public String toString() {
        return "KeyPairPem[certificate=" + certificate + ", privateKey=***]";
    }
}
