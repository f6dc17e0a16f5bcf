package dev.howdah.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * How a database shall be, seen from inside it.
 *
 * <p>The database belongs to the administrator, not to its owner role: bindings act as the owner role, and the owner of a
 * database may drop or rename it, open it to everybody or change its settings for the others. What the owner role needs,
 * CREATE, CONNECT, TEMPORARY and the schema public, it is given.
 */
final class DatabaseRequirements {
    private final DatabaseName database;

    private DatabaseRequirements(DatabaseName database) {
        this.database = database;
    }

    static Requirements of(DatabaseSpec spec) {
        DatabaseRequirements database = new DatabaseRequirements(spec.name());
        List<Requirement> all = new ArrayList<>(GroupRoleRequirements.of(spec.name()));
        all.add(database.belongsToTheAdministrator());
        all.add(everyDatabaseIsClosedToPublic());
        all.add(database.allows(database.database.owner(), "CONNECT", "CREATE", "TEMPORARY"));
        all.add(database.allows(database.database.reader(), "CONNECT"));
        all.add(database.ownerHasSchemaPublic());
        all.add(publicCreatesNothing());
        all.add(database.readerUsesSchemaPublic());
        all.add(database.readerSeesLater('r', "SELECT", "TABLES"));
        all.add(database.readerSeesLater('S', "SELECT", "SEQUENCES"));
        all.add(database.readerSeesLater('n', "USAGE", "SCHEMAS"));
        all.add(database.onlyTheOwnerMakesLargeObjects());
        all.addAll(OwnershipGuard.requirements(spec.name()));
        spec.extensions().forEach(extension -> all.add(ExtensionRequirement.of(extension, spec.name())));
        return new Requirements(all);
    }

    private Requirement belongsToTheAdministrator() {
        return new Requirement("""
                EXISTS (SELECT FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba
                    WHERE datname = current_database() AND rolsuper)""", "ALTER DATABASE %s OWNER TO CURRENT_USER".formatted(database.quoted()));
    }

    private static Requirement everyDatabaseIsClosedToPublic() {
        return new Requirement("""
                NOT EXISTS (SELECT FROM pg_database, aclexplode(COALESCE(datacl, acldefault('d', datdba)))
                    WHERE datallowconn AND grantee = 0)""", SqlText.block("""
                        DECLARE open name;
                        BEGIN
                            FOR open IN SELECT datname FROM pg_database WHERE datallowconn LOOP
                                EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', open);
                            END LOOP;
                        END"""));
    }

    private Requirement allows(RoleName role, String... privileges) {
        return new Requirement(
                """
                ARRAY(SELECT privilege_type FROM pg_database, aclexplode(datacl)
                    WHERE datname = current_database() AND grantee = to_regrole(%s)) @> ARRAY[%s]""".formatted(SqlText.literal(role.quoted()), SqlText.literals(List.of(privileges))),
                "GRANT %s ON DATABASE %s TO %s"
                        .formatted(String.join(", ", privileges), database.quoted(), role.quoted()));
    }

    // Before PostgreSQL 15 the superuser owns it and PUBLIC may create in it; later pg_database_owner owns it, which
    // here would
    // be the administrator. Who has dropped it, wanted that.
    private Requirement ownerHasSchemaPublic() {
        return new Requirement(
                "NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public' AND nspowner IS DISTINCT FROM to_regrole(%s))"
                        .formatted(SqlText.literal(database.owner().quoted())),
                "ALTER SCHEMA public OWNER TO %s".formatted(database.owner().quoted()));
    }

    private static Requirement publicCreatesNothing() {
        return new Requirement("""
                NOT EXISTS (SELECT FROM pg_namespace, aclexplode(COALESCE(nspacl, acldefault('n', nspowner)))
                    WHERE nspname = 'public' AND grantee = 0 AND privilege_type = 'CREATE')""", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    }

    private Requirement readerUsesSchemaPublic() {
        return new Requirement(
                """
                NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public' AND NOT EXISTS (
                    SELECT FROM aclexplode(nspacl) WHERE grantee = to_regrole(%s) AND privilege_type = 'USAGE'))""".formatted(SqlText.literal(database.reader().quoted())),
                "GRANT USAGE ON SCHEMA public TO %s".formatted(database.reader().quoted()));
    }

    // FOR ROLE is what makes it hold for what bindings create; without it, only for what the administrator does.
    private Requirement readerSeesLater(char kind, String privilege, String objects) {
        return new Requirement(
                """
                EXISTS (SELECT FROM pg_default_acl, aclexplode(defaclacl)
                    WHERE defaclrole = to_regrole(%s) AND defaclnamespace = 0 AND defaclobjtype = '%s'
                    AND grantee = to_regrole(%s) AND privilege_type = '%s')""".formatted(
                                SqlText.literal(database.owner().quoted()),
                                kind,
                                SqlText.literal(database.reader().quoted()),
                                privilege),
                "ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT %s ON %s TO %s"
                        .formatted(
                                database.owner().quoted(),
                                privilege,
                                objects,
                                database.reader().quoted()));
    }

    // Anybody who is connected may create large objects: there is no privilege for it but the right to call these
    // functions.
    private Requirement onlyTheOwnerMakesLargeObjects() {
        String functions =
                "pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid), pg_catalog.lo_from_bytea(oid, bytea)";
        return new Requirement(
                """
                (SELECT bool_and(
                        EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = to_regrole(%s))
                        AND NOT EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = 0))
                    FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
                    AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea'))""".formatted(SqlText.literal(database.owner().quoted())),
                "REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC; GRANT EXECUTE ON FUNCTION %s TO %s"
                        .formatted(functions, functions, database.owner().quoted()));
    }
}
