package dev.howdah.postgres;

import java.util.Optional;

/** Makes the login role of a binding as it shall be. */
final class LoginRoles {
    /** What writes a statement somewhere: the log, pgaudit's records, pg_stat_statements. All need a superuser, as we are. */
    private static final String HUSH = """
            SET LOCAL log_statement = 'none';
            SET LOCAL log_min_error_statement = 'panic';
            SET LOCAL log_min_duration_statement = -1;
            SET LOCAL log_min_duration_sample = -1;
            SET LOCAL log_transaction_sample_rate = 0;
            SET LOCAL log_duration = off;
            SET LOCAL track_activities = off;
            SET LOCAL "pgaudit.log" = 'none';
            SET LOCAL "pg_stat_statements.track_utility" = off""";

    private LoginRoles() {}

    static void ensure(Session session, LoginRole role) {
        if (isAsDesired(session, role)) {
            return;
        }
        session.inTransaction(() -> {
            Locks.oneWriter(session);
            refuseForeign(session, role);
            Optional<String> verifier = verifier(session, role.name());
            LoginRoleRequirements.of(role).fulfil(session);
            if (verifier.filter(known -> ScramVerifier.matches(known, role.password()))
                    .isEmpty()) {
                setPassword(session, role);
            }
        });
    }

    private static boolean isAsDesired(Session session, LoginRole role) {
        return LoginRoleRequirements.of(role).holdOn(session)
                && verifier(session, role.name())
                        .filter(known -> ScramVerifier.matches(known, role.password()))
                        .isPresent();
    }

    // Taking over a role that somebody else made would give it a new password and take its rights.
    private static void refuseForeign(Session session, LoginRole role) {
        boolean exists = session.isTrue("to_regrole(%s) IS NOT NULL"
                .formatted(SqlText.literal(role.name().quoted())));
        if (exists && !BindingRoles.isBinding(session, role.name(), role.database())) {
            throw new RejectedException(
                    "role " + role.name() + " exists and is no binding of database " + role.database(), null, null);
        }
    }

    private static Optional<String> verifier(Session session, RoleName role) {
        return session.string("SELECT COALESCE(rolpassword, '') FROM pg_authid WHERE rolname = " + role.literal());
    }

    // The first message silences the server, the second has the verifier: a message is logged before any of it runs.
    private static void setPassword(Session session, LoginRole role) {
        session.execute(HUSH);
        session.execute("ALTER ROLE %s PASSWORD %s"
                .formatted(role.name().quoted(), SqlText.literal(ScramVerifier.of(role.password()))));
    }
}
