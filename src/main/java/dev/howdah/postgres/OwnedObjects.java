package dev.howdah.postgres;

/**
 * SQL over the catalogs about who owns what in the current database. {@code pg_shdepend} has one row, here called
 * {@code owned}, for each object that a role owns; {@code identity} is what {@code pg_identify_object} says about it.
 */
final class OwnedObjects {
    /** What the aliases of the other fragments stand for; begins after {@code FROM … pg_shdepend AS owned}. */
    static final String JOINED = """
            JOIN pg_catalog.pg_roles AS holder ON holder.oid = owned.refobjid
            CROSS JOIN LATERAL pg_catalog.pg_identify_object(owned.classid, owned.objid, 0) AS identity""";

    /** User mappings and default privileges belong to a role for good; DROP OWNED drops them. */
    static final String CONDITION = """
            owned.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            AND owned.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND owned.deptype = 'o'
            AND owned.classid NOT IN ('pg_catalog.pg_user_mapping'::pg_catalog.regclass,
                'pg_catalog.pg_default_acl'::pg_catalog.regclass)""";

    /** A sequence of a serial or identity column has its table's owner, and none of its own can be given to it. */
    static final String IS_COLUMN_SEQUENCE = """
            (identity.type = 'sequence' AND EXISTS (SELECT FROM pg_catalog.pg_depend AS link
                WHERE link.classid = owned.classid AND link.objid = owned.objid
                AND link.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND link.refobjsubid > 0
                AND link.deptype IN ('a', 'i')))""";

    private OwnedObjects() {}

    /** Expression for the statement that gives the object to a role; extensions, and what is not known, go by REASSIGN OWNED. */
    static String handOver(String newOwner) {
        return """
            CASE
                WHEN identity.type IN ('function', 'procedure', 'aggregate')
                    THEN pg_catalog.format('ALTER ROUTINE %s OWNER TO %I', identity.identity, {owner})
                WHEN identity.type = 'composite type'
                    THEN pg_catalog.format('ALTER TYPE %s OWNER TO %I', identity.identity, {owner})
                WHEN identity.type = 'statistics object'
                    THEN pg_catalog.format('ALTER STATISTICS %s OWNER TO %I', identity.identity, {owner})
                WHEN identity.type IN ('table', 'view', 'materialized view', 'sequence', 'foreign table', 'type', 'schema',
                        'collation', 'conversion', 'operator', 'operator class', 'operator family', 'publication', 'server',
                        'text search configuration', 'text search dictionary', 'large object')
                    THEN pg_catalog.format('ALTER %s %s OWNER TO %I', identity.type, identity.identity, {owner})
                ELSE pg_catalog.format('REASSIGN OWNED BY %I TO %I', holder.rolname, {owner})
            END""".replace("{owner}", SqlText.literal(newOwner));
    }
}
