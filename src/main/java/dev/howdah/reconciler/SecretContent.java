package dev.howdah.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The entries of a Secret as text. */
final class SecretContent {
    private SecretContent() {}

    static Optional<String> find(@Nullable Secret secret, String key) {
        return secret == null || secret.getData() == null
                ? Optional.empty()
                : Optional.ofNullable(secret.getData().get(key))
                        .map(encoded -> new String(Base64.getDecoder().decode(encoded), UTF_8));
    }

    /** @throws IllegalStateException if the Secret has no such entry */
    static String require(Secret secret, String key) {
        return find(secret, key)
                .orElseThrow(() -> new IllegalStateException(
                        "Secret " + secret.getMetadata().getName() + " has no entry " + key
                                + "; delete the Secret, and Howdah makes a new one"));
    }

    static Map<String, String> encoded(Map<String, String> entries) {
        Map<String, String> encoded = new TreeMap<>();
        entries.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        return encoded;
    }
}
