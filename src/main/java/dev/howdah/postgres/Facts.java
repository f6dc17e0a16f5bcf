package dev.howdah.postgres;

import dev.howdah.postgres.ServerFacts.ServedCertificate;
import org.jspecify.annotations.Nullable;

/** Asks a server about itself, in one query but for the names of settings. */
final class Facts {
    private static final String QUERY = """
            SELECT current_setting('server_version') AS version,
                current_setting('max_connections')::int AS max_connections,
                (SELECT count(*) FROM pg_stat_activity
                    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS connections,
                (SELECT sum(pg_database_size(oid)) FROM pg_database) + (SELECT sum(size) FROM pg_ls_waldir()) AS bytes,
                pg_is_in_recovery() AS in_recovery""";

    private Facts() {}

    static ServerFacts of(Session session, @Nullable ServedCertificate certificate) {
        var pendingRestart = Settings.pendingRestart(session);
        return session.query(
                        QUERY,
                        row -> new ServerFacts(
                                Versions.withoutPackaging(row.getString("version")),
                                pendingRestart,
                                row.getInt("connections"),
                                row.getInt("max_connections"),
                                row.getLong("bytes"),
                                row.getBoolean("in_recovery"),
                                certificate))
                .getFirst();
    }
}
