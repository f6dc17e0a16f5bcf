package dev.howdah.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions in the maintenance database that wait a moment for whoever comes next: who has waited for a new server to let Howdah in asks
 * it for a database at once, and need not log in again. No pool: a session that nobody takes is closed after the moment.
 */
final class KeptSessions {
    private final Map<ServerAddress, Session> sessions = new ConcurrentHashMap<>();
    private final Duration moment;

    KeptSessions(Duration moment) {
        this.moment = moment;
    }

    void keep(ServerAddress address, Session session) {
        if (sessions.putIfAbsent(address, session) != null) {
            session.close();
            return;
        }
        Thread.ofVirtual().name("kept-session").start(() -> {
            LockSupport.parkNanos(moment.toNanos());
            if (sessions.remove(address, session)) {
                session.close();
            }
        });
    }

    /** Whose it is from now on: to be used and closed. */
    Optional<Session> take(ServerAddress address) {
        return Optional.ofNullable(sessions.remove(address));
    }
}
