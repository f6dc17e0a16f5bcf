package dev.howdah.workload;

/**
 * What a server needs and its custom resource does not tell.
 *
 * @param adminPassword password of the superuser {@code howdah}: generated once, kept in the admin Secret; one line
 * @param certificate the server's certificate, PEM
 * @param privateKey the certificate's key, PEM (PKCS #8)
 * @param caCertificate certificate of the authority that signed, PEM; clients verify against it
 */
public record ServerSecrets(String adminPassword, String certificate, String privateKey, String caCertificate) {

    public ServerSecrets {
        if (adminPassword.isBlank() || adminPassword.lines().count() != 1) {
            throw new IllegalArgumentException("adminPassword: one line that is not blank is needed");
        }
    }

    @Override
    public String toString() {
        return "ServerSecrets[adminPassword=***, certificate=" + certificate + ", privateKey=***, caCertificate="
                + caCertificate + "]";
    }
}
