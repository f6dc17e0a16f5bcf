package dev.howdah.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityConfigurationTest {
    @Test
    void withoutAUserThereIsNoStartAndTheWayOutIsTold(@TempDir Path empty) {
        assertThatThrownBy(() -> callers(Settings.of(Map.of())))
                .isInstanceOfSatisfying(
                        NoUsers.class,
                        failure -> assertThat(new NoUsersFailureAnalyzer()
                                        .analyze(failure)
                                        .getAction())
                                .contains(
                                        "howdah.security.users.<name>",
                                        "HOWDAH_SECURITY_USERS_",
                                        "howdah.security.directory",
                                        "howdah.security.oidc.issuer"));
        assertThatThrownBy(() -> callers(Settings.of(Map.of("howdah.security.users.a", " "))))
                .hasMessageContaining("howdah.security.users.a");
        assertThatThrownBy(() -> callers(Settings.of(Map.of("howdah.security.directory", empty.toString()))))
                .isInstanceOf(NoUsers.class)
                .hasMessageContaining(empty.toString());
    }

    @Test
    void passwordsAreNotShown() {
        assertThat(Settings.of(Map.of("howdah.security.users.howdah", "secret")).toString())
                .contains("howdah")
                .doesNotContain("secret");
        assertThat(Digest.of("secret").toString()).isEqualTo("Digest[***]");
    }

    @Test
    void tokensForAnybodyAreNotAccepted() {
        assertThatThrownBy(() -> Settings.of(Map.of(
                        "howdah.security.oidc.issuer", "https://issuer.example", "howdah.security.oidc.audiences", "")))
                .rootCause()
                .hasMessageContaining("howdah.security.oidc.audiences");
    }

    private static KnownCallers callers(SecurityProperties properties) {
        return new KnownCallers(properties, Clock.systemUTC());
    }
}
