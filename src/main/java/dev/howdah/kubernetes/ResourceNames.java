package dev.howdah.kubernetes;

import dev.howdah.broker.BindingId;
import dev.howdah.broker.InstanceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the resource of an id is called: {@code pg-<instance id>} or {@code pgb-<binding id>} when that is a name, otherwise a readable
 * part of the id and a hash of it. The resource itself holds the id, so two ids that share a name are told apart.
 */
final class ResourceNames {
    /** Labels and host names end at 63; StatefulSet, Services and Secrets of a server append up to twelve to it. */
    private static final int LONGEST = 51;

    private static final int READABLE = 24;
    private static final int HASH_BYTES = 10;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private ResourceNames() {}

    static String of(InstanceId id) {
        return name("pg-", id.value());
    }

    static String of(BindingId id) {
        return name("pgb-", id.value());
    }

    private static String name(String prefix, String id) {
        if (prefix.length() + id.length() <= LONGEST && LABEL.matcher(id).matches()) {
            return prefix + id;
        }
        String readable = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut =
                readable.substring(0, Math.min(READABLE, readable.length())).replaceAll("^-|-$", "");
        return prefix + (cut.isEmpty() ? "" : cut + "-") + hash(id);
    }

    private static String hash(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
