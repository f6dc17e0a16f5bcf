package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PasswordUtil;

/** What is decided without a server. */
class DecisionsTest {
    @Test
    void onlyWhatDoesNotHoldIsRemediedInItsOrder() {
        Requirements requirements = new Requirements(
                List.of(new Requirement("a", "A"), new Requirement("b", "B"), new Requirement("c", "C")));

        assertThat(requirements.remedies(List.of(false, true, false))).containsExactly("A", "C");
        assertThat(requirements.remedies(List.of(true, true, true))).isEmpty();
        assertThat(requirements.observation()).isEqualTo("SELECT (a),\n(b),\n(c)");
    }

    @ParameterizedTest
    @CsvSource({
        "57P03, StartingUp",
        "57P01, StartingUp",
        "28P01, Refused",
        "28000, Refused",
        "08001, Unreachable",
        "08006, Unreachable",
        "53300, Unreachable"
    })
    void aFailedLoginSaysHowTheServerIs(String sqlState, String reachability) {
        assertThat(LoginProbe.reachability(new SQLException("reason", sqlState))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(reachability);
    }

    @Test
    void aCertificateThatIsNotTrustedIsARefusalAndNoOutage() {
        SQLException failure =
                new SQLException("SSL error", "08006", new SSLHandshakeException("PKIX path building failed"));

        assertThat(LoginProbe.reachability(failure)).isEqualTo(new Reachability.Refused("SSL error"));
    }

    @ParameterizedTest
    @CsvSource({
        "08006, ServerUnavailableException",
        "57P01, ServerUnavailableException",
        "53300, ServerUnavailableException",
        "55P03, ServerBusyException",
        "40P01, ServerBusyException",
        "57014, ServerBusyException",
        "22023, RejectedException",
        "0A000, RejectedException",
        "42501, PostgresException"
    })
    void aFailedStatementSaysWhetherToTryAgain(String sqlState, String kind) {
        assertThat(Failures.translated(new SQLException("reason", sqlState))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void settingsAreWrittenOnlyWhenTheyDiffer() {
        assertThat(Settings.changes(Map.of("a", "1", "b", "2"), Map.of("a", "1", "b", "3", "c", "4")))
                .isEqualTo(Map.of("b", "2"));
        assertThat(Settings.outcome(Set.of(), Set.of())).isEqualTo(new ReloadOutcome.Unchanged());
        assertThat(Settings.outcome(Set.of("a"), Set.of("b")))
                .isEqualTo(new ReloadOutcome.NeedsRestart(Set.of("a"), Set.of("b")));
    }

    @Test
    void aVerifierMatchesItsPasswordOnly() {
        String verifier = ScramVerifier.of("password");

        assertThat(ScramVerifier.matches(verifier, "password")).isTrue();
        assertThat(ScramVerifier.matches(verifier, "passwore")).isFalse();
        assertThat(ScramVerifier.matches("", "password")).isFalse();
        assertThat(ScramVerifier.matches("md5af4a7f0a2c2dfa2e5e1d2ee6ed4a9a6c", "password"))
                .isFalse();
    }

    @Test
    void aVerifierThatWouldTakeLongToCompareDoesNotMatch() {
        String slow = PasswordUtil.encodeScramSha256("password".toCharArray(), 100_000, new byte[16]);

        assertThat(ScramVerifier.matches(slow, "password")).isFalse();
    }

    @Test
    void aSearchPathIsReadAsPostgresqlConfWouldBe() {
        assertThat(RoleSetting.searchPath("app").assigned()).isEqualTo("'app'");
        assertThat(RoleSetting.searchPath("\"$user\", public").assigned()).isEqualTo("'$user', 'public'");
        assertThat(RoleSetting.searchPath("App,\"App\"").assigned()).isEqualTo("'app', 'App'");
        assertThat(RoleSetting.searchPath("\"a\"\"b\"").assigned()).isEqualTo("'a\"b'");
    }
}
