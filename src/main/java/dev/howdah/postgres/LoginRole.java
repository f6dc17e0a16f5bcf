package dev.howdah.postgres;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the login role of one binding shall be.
 *
 * @param password gives the cleartext, never empty, and may have to wait until it is written down; before that nobody sees the role. Only
 *     its SCRAM-SHA-256 verifier is sent to the server
 * @param connectionLimit connections at once, 0 or more; null means no limit but the server's
 * @param statementTimeout PostgreSQL duration as in {@code 30s}; null means none. A session may change its own
 * @param searchPath value of {@code search_path}, a comma-separated list as in postgresql.conf; null means the database's
 * @param validUntil when the password stops working; null means never
 */
public record LoginRole(
        RoleName name,
        DatabaseName database,
        Access access,
        Supplier<String> password,
        @Nullable Integer connectionLimit,
        @Nullable String statementTimeout,
        @Nullable String searchPath,
        @Nullable Instant validUntil) {

    /** @throws IllegalArgumentException if the role would have a negative limit */
    public LoginRole {
        if (connectionLimit != null && connectionLimit < 0) {
            throw new IllegalArgumentException("connectionLimit is " + connectionLimit + ": use 0 or more");
        }
    }

    @Override
    public String toString() {
        return "LoginRole[name=" + name + ", database=" + database + ", access=" + access + "]";
    }
}
