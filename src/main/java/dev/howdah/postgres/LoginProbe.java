package dev.howdah.postgres;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** Says what a failed or successful login means. */
final class LoginProbe {
    private final Connections connections;

    LoginProbe(Connections connections) {
        this.connections = connections;
    }

    Reachability probe(ServerAddress address) {
        try (Connection connection = connections.connect(address, Connections.MAINTENANCE_DATABASE)) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            return new Reachability.Accepting(Versions.withoutPackaging(version));
        } catch (SQLException failure) {
            return reachability(failure);
        }
    }

    static Reachability reachability(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        String why = Failures.message(failure);
        if (state.startsWith("57P")) { // cannot connect now, admin or crash shutdown
            return new Reachability.StartingUp(why);
        }
        boolean distrust = Failures.causedBy(SSLException.class, failure)
                || Failures.causedBy(GeneralSecurityException.class, failure);
        if (state.startsWith("28") || distrust) {
            return new Reachability.Refused(why);
        }
        return new Reachability.Unreachable(why);
    }
}
