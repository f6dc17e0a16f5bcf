package dev.howdah.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions that wait a moment for whoever comes next: who has waited for a new server to let Howdah in asks it for a database at once,
 * who has waited for a database asks for a binding, and neither need log in again. No pool: a session that nobody takes is closed after
 * the moment.
 */
final class KeptSessions {
    private record Place(ServerAddress address, String database) {}

    private final Connections connections;
    private final Map<Place, Session> sessions = new ConcurrentHashMap<>();
    private final Duration moment;

    KeptSessions(Connections connections, Duration moment) {
        this.connections = connections;
        this.moment = moment;
    }

    void keep(ServerAddress address, Session session) {
        Place place = new Place(address, session.database());
        if (sessions.putIfAbsent(place, session) != null) {
            session.close();
            return;
        }
        Thread.ofVirtual().name("kept-session").start(() -> {
            LockSupport.parkNanos(moment.toNanos());
            if (sessions.remove(place, session)) {
                session.close();
            }
        });
    }

    /**
     * The session that waits there, or a new one: to be used and closed.
     *
     * @throws PostgresException of the kind that tells why there is no connection
     */
    Session open(ServerAddress address, String database) {
        return take(address, database).orElseGet(() -> connections.open(address, database));
    }

    /** It has just answered. */
    private Optional<Session> take(ServerAddress address, String database) {
        Session session = sessions.remove(new Place(address, database));
        if (session == null || session.answers()) {
            return Optional.ofNullable(session);
        }
        session.close();
        return Optional.empty();
    }
}
