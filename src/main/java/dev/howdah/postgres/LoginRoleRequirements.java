package dev.howdah.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the login role of a binding shall be, all but its password. */
final class LoginRoleRequirements {
    private final LoginRole role;
    private final RoleName group;

    private LoginRoleRequirements(LoginRole role) {
        this.role = role;
        this.group = group(role);
    }

    static Requirements of(LoginRole role) {
        LoginRoleRequirements requirements = new LoginRoleRequirements(role);
        boolean writes = role.access() == Access.READ_WRITE;
        List<Requirement> all = new ArrayList<>(List.of(
                requirements.exists(),
                requirements.isMarked(),
                requirements.hasAttributes(),
                requirements.isInItsGroup(),
                requirements.isInNoOther()));
        List<RoleSetting> settings = List.of(
                // Objects are the owner's from the start, and default privileges apply.
                RoleSetting.of("role", writes ? role.database().owner().value() : null),
                // An event trigger does not see large objects made: those that have another owner must not be out of
                // reach.
                RoleSetting.of("lo_compat_privileges", writes ? "on" : null),
                // For the better message only: a session may change it, and it is the missing privileges that protect.
                RoleSetting.of("default_transaction_read_only", writes ? null : "on"),
                RoleSetting.of("statement_timeout", role.statementTimeout()),
                RoleSetting.searchPath(role.searchPath()));
        settings.forEach(setting -> all.add(setting.of(role.name(), role.database())));
        return new Requirements(all);
    }

    static RoleName group(LoginRole role) {
        return switch (role.access()) {
            case READ_WRITE -> role.database().owner();
            case READ_ONLY -> role.database().reader();
        };
    }

    private Requirement exists() {
        return new Requirement(
                "EXISTS (SELECT FROM pg_roles WHERE rolname = %s)"
                        .formatted(role.name().literal()),
                "CREATE ROLE %s NOLOGIN".formatted(role.name().quoted()));
    }

    private Requirement isMarked() {
        String marker = BindingRoles.marker(role.database());
        return new Requirement(
                "shobj_description(to_regrole(%s), 'pg_authid') = %s"
                        .formatted(SqlText.literal(role.name().quoted()), SqlText.literal(marker)),
                "COMMENT ON ROLE %s IS %s".formatted(role.name().quoted(), SqlText.literal(marker)));
    }

    private Requirement hasAttributes() {
        Integer limit = role.connectionLimit();
        int connections = limit == null ? -1 : limit;
        String until = SqlText.literal(until(role.validUntil()));
        return new Requirement("""
                EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND rolcanlogin AND rolinherit
                    AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
                    AND rolconnlimit = %d AND COALESCE(rolvaliduntil, 'infinity') = %s::timestamptz)""".formatted(role.name().literal(), connections, until), """
                ALTER ROLE %s LOGIN INHERIT NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS
                    CONNECTION LIMIT %d VALID UNTIL %s""".formatted(
                        role.name().quoted(), connections, until));
    }

    private static String until(@Nullable Instant instant) {
        return instant == null ? "infinity" : instant.toString();
    }

    // Since PostgreSQL 16 a membership may come without inheritance or without SET ROLE, and both are needed.
    private Requirement isInItsGroup() {
        return new Requirement(
                """
                EXISTS (SELECT FROM pg_auth_members AS membership
                    WHERE member = to_regrole(%s) AND roleid = to_regrole(%s) AND NOT admin_option
                    AND COALESCE((to_jsonb(membership) ->> 'inherit_option')::boolean, true)
                    AND COALESCE((to_jsonb(membership) ->> 'set_option')::boolean, true))""".formatted(SqlText.literal(role.name().quoted()), SqlText.literal(group.quoted())),
                "REVOKE %1$s FROM %2$s; GRANT %1$s TO %2$s"
                        .formatted(group.quoted(), role.name().quoted()));
    }

    private Requirement isInNoOther() {
        String others = """
                pg_auth_members AS membership JOIN pg_roles AS other ON other.oid = roleid
                LEFT JOIN pg_roles AS giver ON giver.oid = grantor
                WHERE member = to_regrole(%s) AND roleid <> to_regrole(%s)""".formatted(SqlText.literal(role.name().quoted()), SqlText.literal(group.quoted()));
        return new Requirement("NOT EXISTS (SELECT FROM %s)".formatted(others), SqlText.block("""
                        DECLARE revocation text;
                        BEGIN
                            FOR revocation IN SELECT format('REVOKE %%I FROM %%I', other.rolname, %s)
                                    || COALESCE(format(' GRANTED BY %%I', giver.rolname), '') || ' CASCADE' FROM %s LOOP
                                EXECUTE revocation;
                            END LOOP;
                        END""".formatted(
                        role.name().literal(), others)));
    }
}
