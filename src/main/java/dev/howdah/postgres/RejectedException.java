package dev.howdah.postgres;

import org.jspecify.annotations.Nullable;

/** The server understood and refuses: a wrong value, an unknown name. Trying again does not help; the wish must change. */
public final class RejectedException extends PostgresException {
    private static final long serialVersionUID = 1L;

    RejectedException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
