package dev.howdah.postgres;

import java.util.List;

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
        Requirements requirements = LoginRoleRequirements.of(role);
        Known before = known(session, role, requirements, "");
        String password = password(role);
        if (before.unmet().isEmpty() && before.has(password)) {
            return;
        }
        session.inTransaction(() -> {
            Known known = known(session, role, requirements, Locks.ONE_WRITER);
            refuseForeign(known, role);
            requirements.fulfil(session, known.unmet());
            if (!known.has(password)) {
                setPassword(session, role.name(), password);
            }
        });
    }

    /** What the server knows of the role. {@code verifier} is empty if there is none. */
    private record Known(List<String> unmet, boolean exists, boolean isBinding, String verifier) {
        boolean has(String password) {
            return ScramVerifier.matches(verifier, password);
        }
    }

    /** In one round trip. */
    private static Known known(Session session, LoginRole role, Requirements requirements, String before) {
        int more = requirements.all().size();
        return session.query(
                        before
                                + requirements.observation()
                                + """
                        , to_regrole(%s) IS NOT NULL, %s,
                        COALESCE((SELECT rolpassword FROM pg_authid WHERE rolname = %s), '')""".formatted(
                                                SqlText.literal(role.name().quoted()),
                                                BindingRoles.isBinding(role.name(), role.database()),
                                                role.name().literal()),
                        row -> new Known(
                                requirements.unmet(row),
                                row.getBoolean(more + 1),
                                row.getBoolean(more + 2),
                                row.getString(more + 3)))
                .getFirst();
    }

    // Taking over a role that somebody else made would give it a new password and take its rights.
    private static void refuseForeign(Known known, LoginRole role) {
        if (known.exists() && !known.isBinding()) {
            throw new RejectedException(
                    "role " + role.name() + " exists and is no binding of database " + role.database(), null, null);
        }
    }

    // The first message silences the server, the second has the verifier: a message is logged before any of it runs.
    private static void setPassword(Session session, RoleName role, String password) {
        session.execute(HUSH);
        session.execute(
                "ALTER ROLE %s PASSWORD %s".formatted(role.quoted(), SqlText.literal(ScramVerifier.of(password))));
    }

    /** Whoever waits for it holds no lock yet. */
    private static String password(LoginRole role) {
        String password = role.password().get();
        if (password.isEmpty()) {
            throw new IllegalArgumentException("password is empty: a login role needs one");
        }
        return password;
    }
}
