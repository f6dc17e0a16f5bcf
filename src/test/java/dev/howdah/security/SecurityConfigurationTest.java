package dev.howdah.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

class SecurityConfigurationTest {
    private final KnownUsers users = new KnownUsers(Map.of("howdah", "secret"));

    @Test
    void onlyTheRightPasswordOfAKnownUserIsAccepted() {
        assertThatCode(() -> authenticate("howdah", "secret")).doesNotThrowAnyException();
        assertThatThrownBy(() -> authenticate("howdah", "wrong")).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> authenticate("howdah", "")).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> authenticate("nobody", "secret")).isInstanceOf(BadCredentialsException.class);
    }

    private void authenticate(String user, String password) {
        users.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(user, password));
    }

    @Test
    void withoutAUserThereIsNoStartAndTheWayOutIsTold() {
        assertThatThrownBy(() -> new KnownUsers(Map.of()))
                .isInstanceOfSatisfying(
                        NoUsers.class,
                        failure -> assertThat(new NoUsersFailureAnalyzer()
                                        .analyze(failure)
                                        .getAction())
                                .contains("howdah.security.users.<name>", "HOWDAH_SECURITY_USERS_"));
        assertThatThrownBy(() -> new KnownUsers(Map.of("a", " "))).hasMessageContaining("howdah.security.users.a");
    }

    @Test
    void passwordsAreNotShown() {
        assertThat(new SecurityProperties(Map.of("howdah", "secret")).toString())
                .contains("howdah")
                .doesNotContain("secret");
    }
}
