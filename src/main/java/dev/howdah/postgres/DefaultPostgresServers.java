package dev.howdah.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Opens a session, has one of the package's classes do the work, closes it. Keeps no pool; a session may wait a moment for what comes next. */
final class DefaultPostgresServers implements PostgresServers {
    /** One is in a transaction while the next log in: more would only wait for its lock. */
    private static final int AT_ONCE = 3;

    /** So soon a database is asked for on a server that has just let Howdah in, and a binding once there is the database. */
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final Connections connections;
    private final RoleRemoval removal;
    private final KeptSessions kept;
    private final Databases databases;
    private final LoginProbe logins;
    private final Turns turns;

    DefaultPostgresServers(PostgresProperties properties) {
        this(properties, KEPT);
    }

    /** @param moment how long a session waits for whoever comes next */
    DefaultPostgresServers(PostgresProperties properties, Duration moment) {
        this.connections = new Connections(properties);
        this.removal = new RoleRemoval(connections, properties);
        this.kept = new KeptSessions(connections, moment);
        this.databases = new Databases(connections, kept, removal);
        this.logins = new LoginProbe(connections, kept);
        this.turns = new Turns(AT_ONCE, properties.socketTimeout());
    }

    @Override
    public Reachability probe(ServerAddress address) {
        return logins.probe(address);
    }

    @Override
    public Reachability await(ServerAddress address, Duration patience) {
        return logins.await(address, patience);
    }

    @Override
    public Set<RoleName> ensureDatabase(ServerAddress address, DatabaseSpec spec) {
        return databases.ensure(address, spec);
    }

    @Override
    public boolean makeDatabase(ServerAddress address, DatabaseSpec spec) {
        return databases.make(address, spec);
    }

    @Override
    public void ensureLoginRole(ServerAddress address, LoginRole role) {
        turns.take(address, () -> {
            try (Session session = kept.open(address, role.database().value())) {
                LoginRoles.ensure(session, role);
                return true;
            }
        });
    }

    @Override
    public DropOutcome dropLoginRole(ServerAddress address, RoleName role, DatabaseName database) {
        return turns.take(address, () -> {
            try (Session session = openInOrBeside(address, database)) {
                return removal.remove(address, session, role, database);
            }
        });
    }

    private Session openInOrBeside(ServerAddress address, DatabaseName database) {
        try {
            return connections.open(address, database);
        } catch (PostgresException failure) {
            if (Failures.is(failure, Failures.NO_SUCH_DATABASE)) {
                return connections.open(address, Connections.MAINTENANCE_DATABASE);
            }
            throw failure;
        }
    }

    @Override
    public void disableLoginRole(ServerAddress address, RoleName role) {
        boolean ended = withServer(address, session -> removal.disable(session, role));
        if (!ended) {
            throw new ServerBusyException("sessions of role " + role + " do not end", null, null);
        }
    }

    @Override
    public void dropDatabase(ServerAddress address, DatabaseName database) {
        databases.drop(address, database);
    }

    @Override
    public Set<RoleName> loginRoles(ServerAddress address, DatabaseName database) {
        return withServer(address, session -> BindingRoles.of(session, database));
    }

    @Override
    public Set<RoleName> ownLoginRoles(ServerAddress address, DatabaseName database) {
        return withServer(address, session -> BindingRoles.own(session, database));
    }

    @Override
    public ServerFacts facts(ServerAddress address) {
        Handshake handshake = new Handshake();
        try (Session session = handshake.during(() -> connections.open(address, Connections.MAINTENANCE_DATABASE))) {
            return Facts.of(session, handshake.certificate());
        }
    }

    @Override
    public ReloadOutcome applySettings(ServerAddress address, Map<String, String> settings) {
        return withServer(address, session -> Settings.apply(session, settings));
    }

    @Override
    public void reload(ServerAddress address) {
        withServer(address, session -> {
            Settings.reload(session);
            return true;
        });
    }

    @Override
    public void checkpoint(ServerAddress address) {
        withServer(address, session -> {
            session.execute("CHECKPOINT");
            return true;
        });
    }

    private <T> T withServer(ServerAddress address, Function<Session, T> work) {
        try (Session session = connections.open(address, Connections.MAINTENANCE_DATABASE)) {
            return work.apply(session);
        }
    }
}
