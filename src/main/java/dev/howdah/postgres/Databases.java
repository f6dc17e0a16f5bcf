package dev.howdah.postgres;

import java.util.Set;

/** Makes databases as they shall be, and drops them. */
final class Databases {
    private final Connections connections;
    private final KeptSessions kept;
    private final RoleRemoval removal;

    Databases(Connections connections, KeptSessions kept, RoleRemoval removal) {
        this.connections = connections;
        this.kept = kept;
        this.removal = removal;
    }

    /** @return the roles that are marked as bindings of it, as they are afterwards */
    Set<RoleName> ensure(ServerAddress address, DatabaseSpec spec) {
        try {
            return converge(address, spec);
        } catch (PostgresException failure) {
            if (!Failures.is(failure, Failures.NO_SUCH_DATABASE)) {
                throw failure;
            }
            make(address, spec);
            return converge(address, spec);
        }
    }

    /** What {@link #ensure} does, quicker if there is no database yet. Whether there was none. */
    boolean make(ServerAddress address, DatabaseSpec spec) {
        boolean created = create(address, spec.name());
        if (created) {
            establish(address, spec);
        } else {
            converge(address, spec);
        }
        return created;
    }

    /** In a database that nobody has been in, nothing has to be looked for. A binding is what comes next, as a rule. */
    private void establish(ServerAddress address, DatabaseSpec spec) {
        Session session = connections.open(address, spec.name());
        try {
            fulfilNow(session, DatabaseRequirements.of(spec));
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
        kept.keep(address, session);
    }

    private Set<RoleName> converge(ServerAddress address, DatabaseSpec spec) {
        try (Session session = connections.open(address, spec.name())) {
            fulfil(session, DatabaseRequirements.of(spec));
            HandOver.strays(session, spec.name());
            return BindingRoles.own(session, spec.name());
        }
    }

    private boolean create(ServerAddress address, DatabaseName database) {
        try (Session session = kept.open(address, Connections.MAINTENANCE_DATABASE)) {
            if (exists(session, database)) {
                return false;
            }
            session.execute("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'".formatted(database.quoted()));
            return true;
        } catch (PostgresException failure) {
            if (!Failures.is(failure, Failures.DATABASE_EXISTS)) { // another replica was quicker
                throw failure;
            }
            return false;
        }
    }

    private static boolean exists(Session session, DatabaseName database) {
        return session.isTrue(
                "EXISTS (SELECT FROM pg_database WHERE datname = %s)".formatted(SqlText.literal(database.value())));
    }

    private static void fulfil(Session session, Requirements requirements) {
        if (!requirements.holdOn(session)) {
            fulfilNow(session, requirements);
        }
    }

    private static void fulfilNow(Session session, Requirements requirements) {
        session.inTransaction(() -> {
            Locks.oneWriter(session);
            requirements.fulfil(session);
        });
    }

    /** Closes the database first, so that nobody comes back between the end of the sessions and the end of the database. */
    void drop(ServerAddress address, DatabaseName database) {
        try (Session session = connections.open(address, Connections.MAINTENANCE_DATABASE)) {
            Set<RoleName> bindings = BindingRoles.of(session, database);
            if (exists(session, database)) {
                session.execute("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(database.quoted()));
                session.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database.quoted()));
            }
            for (RoleName binding : bindings) {
                removal.remove(address, session, binding, database);
            }
            session.execute("DROP ROLE IF EXISTS %s, %s"
                    .formatted(database.reader().quoted(), database.owner().quoted()));
        }
    }
}
