package dev.howdah.postgres;

/** Two replicas of the broker may want the same at the same moment. */
final class Locks {
    /** Spells "howdah", so that a person who finds it in pg_locks has a chance. */
    private static final long KEY = 0x686f_7764_6168L;

    private Locks() {}

    /**
     * A statement to be run before others: until the transaction ends, nobody else of us writes in this database. Waits as
     * long as the session's lock_timeout.
     */
    static final String ONE_WRITER = "SELECT pg_advisory_xact_lock(" + KEY + ");\n";

    static void oneWriter(Session session) {
        session.execute(ONE_WRITER);
    }
}
