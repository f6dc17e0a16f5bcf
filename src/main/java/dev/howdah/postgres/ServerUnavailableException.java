package dev.howdah.postgres;

import org.jspecify.annotations.Nullable;

/** The server cannot be reached, is starting or stopping, has no connection left or does not let us in. Try again later. */
public final class ServerUnavailableException extends PostgresException {
    private static final long serialVersionUID = 1L;

    ServerUnavailableException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
