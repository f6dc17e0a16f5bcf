package dev.howdah.postgres;

import org.jspecify.annotations.Nullable;

/** Another session holds a lock, or the same was changed at the same time. Nothing was changed; try again soon. */
public final class ServerBusyException extends PostgresException {
    private static final long serialVersionUID = 1L;

    ServerBusyException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
