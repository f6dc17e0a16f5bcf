package dev.howdah.postgres;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells SQLSTATEs apart (manual, appendix "PostgreSQL Error Codes"). */
final class Failures {
    static final String NO_SUCH_DATABASE = "3D000";
    static final String DATABASE_EXISTS = "42P04";
    static final String NO_SUCH_ROLE = "42704";
    static final String CANNOT_CONNECT_NOW = "57P03";
    static final String DEPENDENT_OBJECTS = "2BP01";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** Lock not available, deadlock, made or updated by someone else at the same moment, statement timeout, object in use. */
    private static final Set<String> BUSY =
            Set.of("55P03", "40P01", "40001", "23505", "XX000", "57014", "55006", "42710", "42P04");

    private Failures() {}

    static PostgresException translated(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        String message = message(failure);
        if (state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("28")
                || state.equals(TOO_MANY_CONNECTIONS)) {
            return new ServerUnavailableException(message, state, failure);
        }
        if (BUSY.contains(state)) {
            return new ServerBusyException(message, state, failure);
        }
        // invalid value, feature not supported (an extension that is not there), undefined object, no such file
        if (state.startsWith("22") || state.equals("0A000") || state.equals("42704") || state.equals("58P01")) {
            return new RejectedException(message, state, failure);
        }
        return new PostgresException(message, state, failure);
    }

    static boolean is(PostgresException failure, String sqlState) {
        return sqlState.equals(failure.sqlState());
    }

    static String message(SQLException failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }

    static <T extends Throwable> boolean causedBy(Class<T> kind, @Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
