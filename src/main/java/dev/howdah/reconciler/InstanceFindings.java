package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one round found out about an instance.
 *
 * @param applied whether all of its spec is in force, in its server and its database
 * @param diskSpace whether there is room on its volume; null if nobody has looked
 */
record InstanceFindings(
        Finding server,
        Finding database,
        Finding applied,
        @Nullable String serverName,
        @Nullable String databaseName,
        @Nullable Endpoint endpoint,
        @Nullable Finding diskSpace,
        Duration lookAgain) {
    private static final Finding NOT_YET =
            Finding.bad("WaitingForServer", "the database is made once the server answers");

    /** Nothing can be done as long as the instance is as it is. */
    static InstanceFindings stuck(Finding why, Duration lookAgain) {
        return new InstanceFindings(why, NOT_YET, why, null, null, null, null, lookAgain);
    }

    /** A round that failed half-way: what was known of server and database stays. */
    static InstanceFindings troubled(@Nullable List<Condition> known, Finding trouble) {
        Finding server = Conditions.finding(known, Conditions.SERVER_READY, trouble);
        Finding database = Conditions.finding(known, Conditions.DATABASE_READY, NOT_YET);
        return new InstanceFindings(
                server.good() || database.good() ? server : trouble,
                database,
                trouble,
                null,
                null,
                null,
                null,
                Duration.ZERO);
    }

    static Finding databaseNotYet() {
        return NOT_YET;
    }

    /** The condition Ready: the first thing that is wrong, else that nothing is. */
    Finding ready() {
        return !server.good()
                ? server
                : !database.good() ? database : Finding.good("Ready", "the database can be used");
    }

    boolean isDone() {
        return server.good() && database.good() && applied.good();
    }

    /** What an operation waits for. */
    String waitingFor() {
        Finding first = !server.good() ? server : !database.good() ? database : applied;
        return first.message();
    }
}
