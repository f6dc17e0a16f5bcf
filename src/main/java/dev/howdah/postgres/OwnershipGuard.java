package dev.howdah.postgres;

import java.util.List;

/**
 * The event trigger that gives every object to the database's owner role when a client has lost the role it acts as:
 * {@code DISCARD ALL}, which Npgsql and PgBouncer send, falls back to the login role.
 *
 * <p>It runs as superuser in the sessions of bindings. So it looks at nothing but the catalogs, under a fixed search_path,
 * and does nothing but give to the owner role what a member of it owns, who loses nothing by it and gains nothing: members
 * have the owner's rights. Function and schema belong to the administrator, only a superuser alters an event trigger, and it
 * is enabled ALWAYS, so that {@code session_replication_role} does not matter either.
 */
final class OwnershipGuard {
    private static final String SCHEMA = "howdah";
    private static final String FUNCTION = "howdah.keep_ownership";
    private static final String TRIGGER = "howdah_keep_ownership";
    private static final String CONFIGURATION = "search_path=pg_catalog, pg_temp";

    // A superuser knows what it does, as the administrator who hands over by hand. Tables go before sequences: those of
    // their columns go with them. What a member creates under its own name has not
    // got
    // the owner's default privileges, so the reader is let in here.
    private static final String BODY = """

            DECLARE
                stray record;
            BEGIN
                IF (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN
                    RETURN;
                END IF;
                FOR stray IN
                    SELECT DISTINCT {handOver} AS statement, {columnSequence} AS follows_table,
                        identity.type = 'sequence' AS last, identity.type, identity.identity
                    FROM pg_event_trigger_ddl_commands() AS command
                    JOIN pg_shdepend AS owned ON owned.classid = command.classid AND owned.objid = command.objid
                    {joined}
                    WHERE {owned}
                        AND pg_has_role(holder.oid, {owner}::name, 'MEMBER') AND holder.rolname <> {owner} AND NOT holder.rolsuper
                    ORDER BY last
                LOOP
                    IF NOT stray.follows_table THEN
                        EXECUTE stray.statement;
                    END IF;
                    IF stray.type = 'schema' THEN
                        EXECUTE format('GRANT USAGE ON SCHEMA %s TO %I', stray.identity, {reader});
                    ELSIF stray.type = 'sequence' THEN
                        EXECUTE format('GRANT SELECT ON SEQUENCE %s TO %I', stray.identity, {reader});
                    ELSIF stray.type IN ('table', 'view', 'materialized view', 'foreign table') THEN
                        EXECUTE format('GRANT SELECT ON %s TO %I', stray.identity, {reader});
                    END IF;
                END LOOP;
            END
            """;

    private OwnershipGuard() {}

    static List<Requirement> requirements(DatabaseName database) {
        return List.of(schemaIsTheAdministrators(), functionIsOurs(body(database)), triggerFires());
    }

    private static Requirement schemaIsTheAdministrators() {
        return new Requirement(
                """
                EXISTS (SELECT FROM pg_namespace JOIN pg_roles ON pg_roles.oid = nspowner
                    WHERE nspname = '%s' AND rolsuper
                    AND NOT EXISTS (SELECT FROM aclexplode(nspacl) WHERE grantee <> nspowner))""".formatted(SCHEMA),
                "CREATE SCHEMA IF NOT EXISTS %1$s; ALTER SCHEMA %1$s OWNER TO CURRENT_USER; %2$s"
                        .formatted(SCHEMA, SqlText.block(withoutPrivileges())));
    }

    private static String withoutPrivileges() {
        return """
            DECLARE holder text;
            BEGIN
                FOR holder IN SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
                        FROM pg_namespace, aclexplode(nspacl) WHERE nspname = '%1$s' AND grantee <> nspowner LOOP
                    EXECUTE format('REVOKE ALL ON SCHEMA %1$s FROM %%s CASCADE', holder);
                END LOOP;
            END""".formatted(SCHEMA);
    }

    private static Requirement functionIsOurs(String body) {
        return new Requirement("""
                EXISTS (SELECT FROM pg_proc JOIN pg_roles ON pg_roles.oid = proowner
                    WHERE pg_proc.oid = to_regprocedure('%s()') AND rolsuper AND prosecdef AND proconfig = ARRAY['%s']
                    AND prosrc = %s)""".formatted(FUNCTION, CONFIGURATION, SqlText.literal(body)), """
                CREATE OR REPLACE FUNCTION %1$s() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
                    SET search_path = pg_catalog, pg_temp AS %2$s;
                ALTER FUNCTION %1$s() OWNER TO CURRENT_USER;
                REVOKE ALL ON FUNCTION %1$s() FROM PUBLIC""".formatted(
                        FUNCTION, SqlText.literal(body)));
    }

    private static Requirement triggerFires() {
        return new Requirement("""
                EXISTS (SELECT FROM pg_event_trigger WHERE evtname = '%s' AND evtevent = 'ddl_command_end'
                    AND evtenabled = 'A' AND evttags IS NULL AND evtfoid = to_regprocedure('%s()'))""".formatted(TRIGGER, FUNCTION), """
                DROP EVENT TRIGGER IF EXISTS %1$s;
                CREATE EVENT TRIGGER %1$s ON ddl_command_end EXECUTE FUNCTION %2$s();
                ALTER EVENT TRIGGER %1$s ENABLE ALWAYS""".formatted(TRIGGER, FUNCTION));
    }

    private static String body(DatabaseName database) {
        return BODY.replace("{handOver}", OwnedObjects.handOver(database.owner().value()))
                .replace("{columnSequence}", OwnedObjects.IS_COLUMN_SEQUENCE)
                .replace("{joined}", OwnedObjects.JOINED)
                .replace("{owned}", OwnedObjects.CONDITION)
                .replace("{owner}", database.owner().literal())
                .replace("{reader}", database.reader().literal());
    }
}
