package dev.howdah.postgres;

import java.util.List;

/** Gives objects of the current database to another owner, a part at a time, so that it may stop and be repeated anywhere. */
final class HandOver {
    /** ALTER OWNER locks a table, its indexes, its TOAST table and its sequences; the server's lock table is shared and small. */
    private static final int OBJECTS_AT_ONCE = 100;

    private HandOver() {}

    /** All that has an owner of its own, but extensions, which REASSIGN OWNED alone can give away. */
    static void everything(Session session, String holder, String newOwner) {
        inParts(
                session,
                newOwner,
                "holder.rolname = %s AND identity.type <> 'extension'".formatted(SqlText.literal(holder)));
    }

    /**
     * What the event trigger did not see, of all who are in the owner role: {@code REASSIGN OWNED} fires none. Large objects
     * may wait: every binding can write them, whoever has them.
     */
    static void strays(Session session, DatabaseName database) {
        inParts(session, database.owner().value(), """
                identity.type NOT IN ('extension', 'large object') AND holder.rolname <> %1$s AND NOT holder.rolsuper
                AND pg_has_role(holder.oid, %1$s::name, 'MEMBER')""".formatted(
                        database.owner().literal()));
    }

    private static void inParts(Session session, String newOwner, String which) {
        String next = "SELECT %s FROM pg_shdepend AS owned %s WHERE %s AND NOT %s AND %s LIMIT %d"
                .formatted(
                        OwnedObjects.handOver(newOwner),
                        OwnedObjects.JOINED,
                        OwnedObjects.CONDITION,
                        OwnedObjects.IS_COLUMN_SEQUENCE,
                        which,
                        OBJECTS_AT_ONCE);
        List<String> statements = session.strings(next);
        while (!statements.isEmpty()) {
            List<String> part = statements;
            session.inTransaction(() -> session.execute(String.join(";\n", part)));
            statements = session.strings(next);
        }
    }
}
