package dev.howdah.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param users password by user name, fixed as long as the process runs
 * @param directory a folder with {@code users/<name>} and {@code tokens/<name>}; each line of a file is one password, or one
 *     bearer token, that is good
 * @param reloadInterval how soon a change of those files counts
 */
@ConfigurationProperties(value = "howdah.security", ignoreUnknownFields = false)
record SecurityProperties(
        @DefaultValue Map<String, String> users,
        @Nullable Path directory,
        @DefaultValue("5s") Duration reloadInterval,
        @DefaultValue FailedLogins failedLogins,
        @DefaultValue Oidc oidc) {

    /**
     * When an address has to wait.
     *
     * @param limit wrong logins that one source address has for one user
     * @param window in which that many come back
     * @param trustFor how long a login that was right is let in although its address is over the limit
     */
    record FailedLogins(
            @DefaultValue("10") int limit,
            @DefaultValue("1m") Duration window,
            @DefaultValue("1h") Duration trustFor) {
        FailedLogins {
            if (limit < 1 || !window.isPositive()) {
                throw new IllegalArgumentException("howdah.security.failed-logins: limit and window must be positive");
            }
        }
    }

    /**
     * Tokens of an OpenID Connect issuer.
     *
     * @param issuer as in the tokens' {@code iss}; without one, such tokens are refused
     * @param audiences one of which has to be in a token's {@code aud}
     * @param jwkSetUri where the issuer's keys are; found from the issuer, at the first token, if left out
     * @param userClaim names the caller in the audit log
     */
    record Oidc(
            @Nullable String issuer,
            @DefaultValue("howdah") List<String> audiences,
            @Nullable String jwkSetUri,
            @DefaultValue("sub") String userClaim) {
        Oidc {
            audiences = List.copyOf(audiences);
            if (issuer != null && audiences.isEmpty()) {
                throw new IllegalArgumentException(
                        "howdah.security.oidc.audiences is empty, so the issuer's tokens for anybody else would be good here");
            }
        }
    }

    @Override
    public String toString() {
        return "SecurityProperties[users=%s, directory=%s]".formatted(users.keySet(), directory);
    }
}
