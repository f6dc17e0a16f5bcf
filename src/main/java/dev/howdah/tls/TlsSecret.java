package dev.howdah.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.pki.KeyPairPem;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Secrets of the type kubernetes.io/tls: {@code tls.crt}, {@code tls.key}, and {@code ca.crt} for those who are to trust. */
final class TlsSecret {
    private TlsSecret() {}

    static Secret of(String namespace, String name, KeyPairPem pair, String authority) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/managed-by", "howdah")
                .addToLabels("app.kubernetes.io/part-of", "howdah")
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(Map.of(
                        "tls.crt", encoded(pair.certificate()),
                        "tls.key", encoded(pair.privateKey()),
                        "ca.crt", encoded(authority)))
                .build();
    }

    /** @throws IllegalStateException if the Secret has not both entries */
    static KeyPairPem pair(Secret secret) {
        return new KeyPairPem(entry(secret, "tls.crt"), entry(secret, "tls.key"));
    }

    /** The entry {@code ca.crt}; null if there is none. */
    static @Nullable String root(Secret secret) {
        String value = find(secret, "ca.crt");
        return value == null || value.isEmpty() ? null : value;
    }

    private static String entry(Secret secret, String key) {
        String value = find(secret, key);
        if (value == null) {
            throw new IllegalStateException("Secret %s has no entry %s; delete the Secret, and Howdah makes a new one"
                    .formatted(secret.getMetadata().getName(), key));
        }
        return value;
    }

    private static @Nullable String find(Secret secret, String key) {
        @Nullable
        String value = secret.getData() == null ? null : secret.getData().get(key);
        return value == null ? null : new String(Base64.getDecoder().decode(value), UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
