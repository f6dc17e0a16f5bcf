package dev.howdah.postgres;

/** What came of trying to log in. */
public sealed interface Reachability {
    /** The server answers SQL. {@code version} is as in {@code 17.6}. */
    record Accepting(String version) implements Reachability {}

    /** The server is there and not ready: it starts, recovers or shuts down. */
    record StartingUp(String why) implements Reachability {}

    /** Nobody answers there, or not in time. */
    record Unreachable(String why) implements Reachability {}

    /** A server answers and does not let us in, or is not the one we trust: password, pg_hba.conf or certificate. */
    record Refused(String why) implements Reachability {}
}
