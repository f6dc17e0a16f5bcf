package dev.howdah.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Administration of PostgreSQL servers (14 and later). Every method may be repeated at any time, also after it was killed
 * half-way, and may run on many threads at once. Each opens one or two short connections, with bounded timeouts.
 *
 * <p>All but {@link #probe} and {@link #await} throw {@link PostgresException} or one of its kinds when the server cannot be reached, is
 * busy or says no.
 */
public interface PostgresServers {
    /** Tries one login. Never throws because of the server's state: that is the result. */
    Reachability probe(ServerAddress address);

    /**
     * The same for a new server that somebody waits for: waits while nobody listens, tries a few times if it is just about to let logins
     * in, and keeps the session a moment for {@link #makeDatabase}.
     *
     * @param patience how long it waits at most while nobody listens
     */
    Reachability await(ServerAddress address, Duration patience);

    /**
     * Makes the database, its owner and reader roles, privileges, ownership guard and extensions as they shall be.
     * Writes nothing if they are.
     *
     * @return what {@link #ownLoginRoles} gives afterwards, without another login
     * @throws RejectedException if an extension is not available on the server
     */
    Set<RoleName> ensureDatabase(ServerAddress address, DatabaseSpec spec);

    /**
     * The same where most likely no database is yet, which then takes less time. Keeps the session a moment for {@link #ensureLoginRole}.
     *
     * @return whether there was none; then no binding can have a role in it either
     * @throws RejectedException if an extension is not available on the server
     */
    boolean makeDatabase(ServerAddress address, DatabaseSpec spec);

    /**
     * Makes a binding's login role as it shall be: created, or its attributes, memberships, settings and password put
     * back. Writes nothing if it is. The database must have been ensured before.
     *
     * @throws RejectedException if a setting's value is wrong, or a role of that name exists that is not a binding's
     */
    void ensureLoginRole(ServerAddress address, LoginRole role);

    /** Ends the role's sessions, hands what it owns to the database's owner role, and drops it. */
    DropOutcome dropLoginRole(ServerAddress address, RoleName role, DatabaseName database);

    /** Takes the role's right to log in and ends its sessions; the role and what it owns stay. Nothing if it is absent. */
    void disableLoginRole(ServerAddress address, RoleName role);

    /** Drops the database with everything in it, then the roles of its bindings, its owner and its reader. */
    void dropDatabase(ServerAddress address, DatabaseName database);

    /** The roles of the database's bindings that exist on the server, also disabled ones. */
    Set<RoleName> loginRoles(ServerAddress address, DatabaseName database);

    /** Of these, the ones that were made here, as opposed to those that a person gave the rights of a binding. */
    Set<RoleName> ownLoginRoles(ServerAddress address, DatabaseName database);

    ServerFacts facts(ServerAddress address);

    /**
     * Writes settings with ALTER SYSTEM and reloads, if they differ from what was written that way before. All or none.
     *
     * @throws RejectedException if the server does not know a setting or refuses its value
     */
    ReloadOutcome applySettings(ServerAddress address, Map<String, String> settings);

    /** Has the server read its configuration files and certificates again. */
    void reload(ServerAddress address);

    void checkpoint(ServerAddress address);
}
