package dev.howdah.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** The address of this login has failed too often. */
class TooManyFailedLogins extends AuthenticationException {
    private static final long serialVersionUID = 1L;
    private final Duration wait;

    TooManyFailedLogins(Duration wait) {
        super("Too many failed logins");
        this.wait = wait;
    }

    /** At least a second, which is the unit of Retry-After. */
    long seconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
