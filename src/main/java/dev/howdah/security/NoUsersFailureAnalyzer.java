package dev.howdah.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class NoUsersFailureAnalyzer extends AbstractFailureAnalyzer<NoUsers> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoUsers cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set howdah.security.users.<name> to a password for each platform that may call (HOWDAH_SECURITY_USERS_<NAME> in"
                        + " the environment), or mount Secrets at <howdah.security.directory>/users and /tokens with a file"
                        + " for each caller and a password or token on each of its lines, or name an OpenID Connect issuer"
                        + " in howdah.security.oidc.issuer.",
                cause);
    }
}
