package dev.howdah.tls;

import dev.howdah.pki.KeyPairPem;

/** Where the API's certificate comes from. */
interface CertificateSource {
    /**
     * The certificate to show now. Asked again and again.
     *
     * @throws RuntimeException if there is none right now; the one before stays in use
     */
    KeyPairPem current();
}
