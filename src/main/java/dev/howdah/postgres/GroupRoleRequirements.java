package dev.howdah.postgres;

import java.util.List;

/** The two roles without login that a database has: its owner and its reader. */
final class GroupRoleRequirements {
    private GroupRoleRequirements() {}

    static List<Requirement> of(DatabaseName database) {
        return List.of(
                exists(database.owner()),
                isHarmless(database.owner()),
                exists(database.reader()),
                isHarmless(database.reader()));
    }

    private static Requirement exists(RoleName role) {
        return new Requirement(
                "EXISTS (SELECT FROM pg_roles WHERE rolname = %s)".formatted(role.literal()),
                "CREATE ROLE %s NOLOGIN".formatted(role.quoted()));
    }

    // Whoever is in the role could SET ROLE to it and use the attributes, which are not inherited otherwise.
    private static Requirement isHarmless(RoleName role) {
        return new Requirement(
                """
                EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND NOT (rolcanlogin OR rolsuper OR rolcreaterole
                    OR rolcreatedb OR rolreplication OR rolbypassrls))""".formatted(role.literal()),
                "ALTER ROLE %s NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS"
                        .formatted(role.quoted()));
    }
}
