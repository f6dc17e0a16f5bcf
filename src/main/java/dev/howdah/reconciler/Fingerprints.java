package dev.howdah.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short hashes of what was applied, equal for equal content on every JVM. */
final class Fingerprints {
    /** Sorted, because the order of a {@code Map.of} differs from one JVM to the next. */
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final int BYTES = 8;

    private Fingerprints() {}

    static String of(Object content) {
        try {
            return ofText(CANONICAL.writeValueAsString(content));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Kubernetes objects can always be written as JSON", impossible);
        }
    }

    static String ofText(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
