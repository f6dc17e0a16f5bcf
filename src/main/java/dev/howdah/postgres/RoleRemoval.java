package dev.howdah.postgres;

import java.util.List;
import java.util.Optional;

/**
 * Removes a binding's role: no login, no sessions, nothing owned, no rights, no role. Each step leaves a state from which the
 * whole may be repeated, and what the role owned is handed over before anything of it is dropped.
 */
final class RoleRemoval {
    private final Connections connections;
    private final PostgresProperties properties;

    RoleRemoval(Connections connections, PostgresProperties properties) {
        this.connections = connections;
        this.properties = properties;
    }

    /** {@code session} is in {@code database}, or in another one if that is gone. */
    DropOutcome remove(ServerAddress address, Session session, RoleName role, DatabaseName database) {
        Optional<Boolean> mayLogIn = mayLogIn(session, role);
        if (mayLogIn.isEmpty()) {
            return new DropOutcome.AlreadyAbsent();
        }
        if (!disable(session, role, mayLogIn.get())) {
            return new DropOutcome.Blocked("sessions of role " + role + " do not end");
        }
        try {
            release(session, role);
            for (String other : otherDatabases(session, role)) {
                try (Session there = connections.open(address, other)) {
                    release(there, role);
                }
            }
            session.execute("DROP ROLE IF EXISTS " + role.quoted());
            return new DropOutcome.Dropped();
        } catch (ServerBusyException busy) {
            return new DropOutcome.Blocked(reason(session, role, busy));
        } catch (PostgresException failure) {
            if (Failures.is(failure, Failures.DEPENDENT_OBJECTS)) {
                return new DropOutcome.Blocked("role " + role + " still owns something or has rights to it");
            }
            throw failure;
        }
    }

    /** Whether all sessions of the role have ended. */
    boolean disable(Session session, RoleName role) {
        return disable(session, role, mayLogIn(session, role).orElse(false));
    }

    private boolean disable(Session session, RoleName role, boolean mayLogIn) {
        if (mayLogIn) {
            session.execute("ALTER ROLE %s NOLOGIN".formatted(role.quoted()));
        }
        // All are told first, and then waited for one by one. A session cannot come back: its role may log in no more.
        String sessions = "FROM pg_stat_activity WHERE usename = " + role.literal();
        if (session.isTrue("EXISTS (SELECT %s)".formatted(sessions))) {
            end(session, sessions);
            return session.isTrue("NOT EXISTS (SELECT %s)".formatted(sessions));
        }
        return true;
    }

    private void end(Session session, String sessions) {
        session.execute("SELECT pg_terminate_backend(pid) " + sessions);
        session.execute("SELECT pg_terminate_backend(pid, %d) %s"
                .formatted(properties.terminateTimeout().toMillis(), sessions));
    }

    /** Empty if there is no such role. */
    private static Optional<Boolean> mayLogIn(Session session, RoleName role) {
        return session
                .query("SELECT rolcanlogin FROM pg_roles WHERE rolname = " + role.literal(), row -> row.getBoolean(1))
                .stream()
                .findFirst();
    }

    private void release(Session session, RoleName role) {
        String newOwner = newOwner(session);
        HandOver.everything(session, role.value(), newOwner);
        // In one message, which is one transaction, because DROP OWNED alone would drop what the role owns. What is
        // left
        // for it are privileges and defaults.
        session.execute("REASSIGN OWNED BY %1$s TO %2$s; DROP OWNED BY %1$s"
                .formatted(role.quoted(), SqlText.identifier(newOwner)));
    }

    /** The owner role of the database that the session is in, or its administrator if that is no database of ours. */
    private static String newOwner(Session session) {
        String here = session.database();
        boolean ours = !here.equals(Connections.MAINTENANCE_DATABASE) && !here.startsWith("template");
        String owner = ours ? new DatabaseName(here).owner().literal() : "NULL";
        return session.string("SELECT COALESCE((SELECT rolname FROM pg_roles WHERE rolname = %s), current_user)"
                        .formatted(owner))
                .orElseThrow();
    }

    private static List<String> otherDatabases(Session session, RoleName role) {
        return session.strings("""
                SELECT DISTINCT datname FROM pg_shdepend JOIN pg_database ON pg_database.oid = dbid
                WHERE refclassid = 'pg_authid'::regclass AND refobjid = to_regrole(%s) AND datallowconn""".formatted(SqlText.literal(role.quoted())));
    }

    private static String reason(Session session, RoleName role, ServerBusyException busy) {
        Optional<String> holder = session.string("""
                SELECT DISTINCT ON (xact_start) format('session %%s of role %%s, %%s since %%s', pid, usename, state, xact_start)
                FROM pg_locks JOIN pg_stat_activity USING (pid)
                JOIN pg_shdepend AS owned ON owned.classid = 'pg_class'::regclass AND owned.objid = relation
                WHERE granted AND locktype = 'relation' AND owned.refobjid = to_regrole(%s) AND owned.deptype = 'o' AND pid <> pg_backend_pid()
                ORDER BY xact_start LIMIT 1""".formatted(SqlText.literal(role.quoted())));
        return holder.map(it -> "what role " + role + " owns is locked by " + it)
                .orElseGet(() -> "role " + role + " cannot be dropped yet: " + busy.getMessage());
    }
}
