package dev.howdah.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Name of a database that Howdah keeps: at most 63 bytes of UTF-8, no control characters, none of the names that
 * PostgreSQL brings along (manual, "Identifiers and Key Words" and "Template Databases").
 */
public record DatabaseName(String value) {
    private static final Set<String> OF_POSTGRES = Set.of("postgres", "template0", "template1");

    /** @throws IllegalArgumentException if it cannot be the name of a database of ours */
    public DatabaseName {
        if (!SqlText.isIdentifier(value) || OF_POSTGRES.contains(value)) {
            throw new IllegalArgumentException("Not a name for a database: '" + value
                    + "'. Use 1 to 63 bytes without control characters, and none of " + OF_POSTGRES + ".");
        }
    }

    /** The name as an SQL identifier. */
    public String quoted() {
        return SqlText.identifier(value);
    }

    /** The role without login that owns every object in the database. */
    public RoleName owner() {
        return related("_owner");
    }

    /** The role without login that may read every table in the database. */
    public RoleName reader() {
        return related("_reader");
    }

    private RoleName related(String suffix) {
        int room = SqlText.MAX_IDENTIFIER_BYTES - suffix.length();
        if (value.getBytes(UTF_8).length <= room) {
            return new RoleName(value + suffix);
        }
        String distinguishing = "_" + hash();
        return new RoleName(beginning(room - distinguishing.length()) + distinguishing + suffix);
    }

    private String beginning(int bytes) {
        int end = value.length();
        while (value.substring(0, end).getBytes(UTF_8).length > bytes) {
            end = value.offsetByCodePoints(end, -1);
        }
        return value.substring(0, end);
    }

    private String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
