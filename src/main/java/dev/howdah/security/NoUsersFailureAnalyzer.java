package dev.howdah.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class NoUsersFailureAnalyzer extends AbstractFailureAnalyzer<NoUsers> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoUsers cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set howdah.security.users.<name> to a password for each platform that may call: in application.yml, as"
                        + " the environment variable HOWDAH_SECURITY_USERS_<NAME>, or as a file of a mounted Secret"
                        + " (spring.config.import=configtree:/etc/howdah/).",
                cause);
    }
}
