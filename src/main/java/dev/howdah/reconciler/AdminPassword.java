package dev.howdah.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.crd.PostgresServer;
import dev.howdah.pki.CertificateAuthority;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first password of a server's administrator. It follows from the authority's private key and the server, so that an
 * admin Secret that a person deletes comes back with the password the running server knows: there is no other way in.
 */
final class AdminPassword {
    private static final String ALGORITHM = "HmacSHA256";

    private AdminPassword() {}

    static String of(PostgresServer server, CertificateAuthority authority) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(authority.pem().privateKey().getBytes(UTF_8), ALGORITHM));
            byte[] digest = mac.doFinal(("admin:" + server.getMetadata().getUid()).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", impossible);
        }
    }
}
