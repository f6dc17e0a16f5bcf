package dev.howdah.postgres;

import java.util.Set;

/** Name of a role: at most 63 bytes of UTF-8, no control characters, not reserved (manual, CREATE ROLE). */
public record RoleName(String value) {
    private static final Set<String> RESERVED = Set.of("public", "none", "postgres");

    /** @throws IllegalArgumentException if it cannot be the name of a role of ours */
    public RoleName {
        if (!SqlText.isIdentifier(value) || RESERVED.contains(value) || value.startsWith("pg_")) {
            throw new IllegalArgumentException("Not a name for a role: '" + value
                    + "'. Use 1 to 63 bytes without control characters, not beginning with pg_, and none of "
                    + RESERVED + ".");
        }
    }

    /** The name as an SQL identifier. */
    public String quoted() {
        return SqlText.identifier(value);
    }

    String literal() {
        return SqlText.literal(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
