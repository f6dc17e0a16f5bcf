package dev.howdah.postgres;

import java.util.Set;

/** Makes databases as they shall be, and drops them. */
final class Databases {
    private final Connections connections;
    private final RoleRemoval removal;

    Databases(Connections connections, RoleRemoval removal) {
        this.connections = connections;
        this.removal = removal;
    }

    void ensure(ServerAddress address, DatabaseSpec spec) {
        try {
            converge(address, spec);
        } catch (PostgresException failure) {
            if (!Failures.is(failure, Failures.NO_SUCH_DATABASE)) {
                throw failure;
            }
            create(address, spec.name());
            converge(address, spec);
        }
    }

    private void converge(ServerAddress address, DatabaseSpec spec) {
        try (Session session = connections.open(address, spec.name())) {
            fulfil(session, DatabaseRequirements.of(spec));
            HandOver.strays(session, spec.name());
        }
    }

    private void create(ServerAddress address, DatabaseName database) {
        try (Session session = connections.open(address, Connections.MAINTENANCE_DATABASE)) {
            fulfil(session, new Requirements(GroupRoleRequirements.of(database)));
            session.execute("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'".formatted(database.quoted()));
        } catch (PostgresException failure) {
            if (!Failures.is(failure, Failures.DATABASE_EXISTS)) { // another replica was quicker
                throw failure;
            }
        }
    }

    private static void fulfil(Session session, Requirements requirements) {
        if (requirements.holdOn(session)) {
            return;
        }
        session.inTransaction(() -> {
            Locks.oneWriter(session);
            requirements.fulfil(session);
        });
    }

    /** Closes the database first, so that nobody comes back between the end of the sessions and the end of the database. */
    void drop(ServerAddress address, DatabaseName database) {
        try (Session session = connections.open(address, Connections.MAINTENANCE_DATABASE)) {
            Set<RoleName> bindings = BindingRoles.of(session, database);
            if (session.isTrue("EXISTS (SELECT FROM pg_database WHERE datname = %s)"
                    .formatted(SqlText.literal(database.value())))) {
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
