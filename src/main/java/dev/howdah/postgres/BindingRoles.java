package dev.howdah.postgres;

import java.util.Set;
import java.util.stream.Collectors;

/** Which roles of a server are bindings of a database: those that say so in their comment, or are in one of its group roles. */
final class BindingRoles {
    private BindingRoles() {}

    /** Comment on a binding's role. It survives that somebody takes the role out of its group. */
    static String marker(DatabaseName database) {
        return "Howdah: binding of database " + database.value();
    }

    static Set<RoleName> of(Session session, DatabaseName database) {
        return roles(session, isBinding(database));
    }

    static Set<RoleName> own(Session session, DatabaseName database) {
        return roles(session, isMarked(database));
    }

    private static Set<RoleName> roles(Session session, String condition) {
        return session.strings("SELECT rolname FROM pg_roles WHERE " + condition).stream()
                .map(RoleName::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** An SQL condition. */
    static String isBinding(RoleName role, DatabaseName database) {
        return "EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND %s)".formatted(role.literal(), isBinding(database));
    }

    // A superuser that somebody has put into a group to look at things is not ours; one that carries our comment is.
    private static String isBinding(DatabaseName database) {
        return """
            (%s
            OR NOT rolsuper AND rolcanlogin AND EXISTS (SELECT FROM pg_auth_members JOIN pg_roles AS team ON team.oid = roleid
                WHERE member = pg_roles.oid AND team.rolname IN (%s, %s)))""".formatted(
                        isMarked(database),
                        database.owner().literal(),
                        database.reader().literal());
    }

    private static String isMarked(DatabaseName database) {
        return "COALESCE(shobj_description(pg_roles.oid, 'pg_authid') = %s, false)"
                .formatted(SqlText.literal(marker(database)));
    }
}
