package dev.howdah.postgres;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;

/** Says what a failed or successful login means. */
final class LoginProbe {
    /** A server that has shut down well opens its port some 20 ms before it lets anybody in. */
    private static final int ATTEMPTS = 4;

    private static final Duration PAUSE = Duration.ofMillis(8);

    /** Between the port and the first login that succeeds; one that comes too soon costs twice as much as this. */
    private static final Duration OPENING = Duration.ofMillis(25);

    /** A port that is open or closed says so within that time; what says nothing is not waited for. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    /** What becomes of a connection that stands. */
    private interface Afterwards {
        void with(Connection connection) throws SQLException;
    }

    private final Connections connections;
    private final KeptSessions kept;

    LoginProbe(Connections connections, KeptSessions kept) {
        this.connections = connections;
        this.kept = kept;
    }

    Reachability probe(ServerAddress address) {
        return attempt(address, Connection::close);
    }

    /** Waits while nobody listens, and tries again a few times if the server is just about to let logins in: somebody waits for it. */
    Reachability await(ServerAddress address, Duration patience) {
        awaitListener(address, patience);
        Afterwards keep = connection -> kept.keep(address, new Session(connection, Connections.MAINTENANCE_DATABASE));
        Reachability found = attempt(address, keep);
        for (int attempt = 1; attempt < ATTEMPTS && found instanceof Reachability.StartingUp; attempt++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            found = attempt(address, keep);
        }
        return found;
    }

    private static void awaitListener(ServerAddress address, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean waited = false;
        while (System.nanoTime() < end && nobodyListens(address)) {
            waited = true;
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        if (waited) {
            LockSupport.parkNanos(OPENING.toNanos());
        }
    }

    /** A small part of what an attempt to log in costs, on processors that initdb needs. */
    private static boolean nobodyListens(ServerAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) AT_ONCE.toMillis());
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException unclear) {
            return false;
        }
    }

    private Reachability attempt(ServerAddress address, Afterwards afterwards) {
        try {
            Connection connection = connections.connect(address, Connections.MAINTENANCE_DATABASE);
            String version = connection.getMetaData().getDatabaseProductVersion();
            afterwards.with(connection);
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
