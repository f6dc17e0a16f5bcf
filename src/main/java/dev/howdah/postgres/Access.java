package dev.howdah.postgres;

/** What a binding may do in its database. */
public enum Access {
    /** Acts as the database's owner role: creates, alters, drops, reads and writes everything in it. */
    READ_WRITE,
    /** Reads every table, also ones made later, and changes nothing. */
    READ_ONLY
}
