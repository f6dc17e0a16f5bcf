package dev.howdah.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.crd.PostgresServer;
import dev.howdah.pki.CertificateAuthority;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The first password of a server's administrator. It follows from the authority's private key and the server, so that an
 * admin Secret that a person deletes comes back with the password the running server knows: there is no other way in.
 */
final class AdminPassword {
    private static final String ALGORITHM = "HmacSHA256";

    private AdminPassword() {}

    /** The server itself, or the one that made the volume it has adopted: the password is kept in the data. */
    static String identity(PostgresServer server, @Nullable PersistentVolumeClaim volume) {
        return Optional.ofNullable(volume)
                .map(claim -> claim.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Labels.MADE_BY))
                .orElse(server.getMetadata().getUid());
    }

    static String of(String identity, CertificateAuthority authority) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(authority.pem().privateKey().getBytes(UTF_8), ALGORITHM));
            byte[] digest = mac.doFinal(("admin:" + identity).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", impossible);
        }
    }
}
