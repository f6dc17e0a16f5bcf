package dev.howdah.postgres;

import org.jspecify.annotations.Nullable;

/** PostgreSQL did not do what it was asked to. The message carries the server's, and never a statement or a secret. */
public class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String sqlState;

    PostgresException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    /** The five characters of the manual's "PostgreSQL Error Codes"; null if the server had no part in it. */
    public @Nullable String sqlState() {
        return sqlState;
    }
}
