package dev.howdah.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Lets a login through or not, once it is known whether its secret is right, and counts it. */
final class LoginGate {
    private final LoginAttempts attempts;
    private final MeterRegistry meters;
    private final Counter basicAccepted;
    private final Counter bearerAccepted;

    enum Method {
        BASIC,
        BEARER
    }

    LoginGate(LoginAttempts attempts, MeterRegistry meters) {
        this.attempts = attempts;
        this.meters = meters;
        for (Method method : Method.values()) {
            for (String outcome : new String[] {"accepted", "wrong", "limited"}) {
                // From the start at zero, so that a rate can be seen with the first one.
                count(method, outcome, 0);
            }
        }
        basicAccepted = counter(Method.BASIC, "accepted");
        bearerAccepted = counter(Method.BEARER, "accepted");
    }

    /**
     * @param user who it claims to be
     * @throws TooManyFailedLogins if its address has to wait
     * @throws BadCredentialsException if the secret is wrong
     */
    void pass(Method method, Authentication login, String user, boolean right) {
        String address = address(login);
        Duration wait = attempts.wait(address, user);
        if (wait.isPositive() && !(right && attempts.trusts(address, user))) {
            count(method, "limited", 1);
            throw new TooManyFailedLogins(wait);
        }
        if (!right) {
            attempts.failed(address, user);
            count(method, "wrong", 1);
            throw new BadCredentialsException("Wrong user, password or token");
        }
        attempts.succeeded(address, user);
        count(method, "accepted", 1);
    }

    /** A login that has just been let in is there again. */
    void passAgain(String authorization) {
        (authorization.regionMatches(true, 0, "Bearer ", 0, 7) ? bearerAccepted : basicAccepted).increment();
    }

    private void count(Method method, String outcome, int by) {
        counter(method, outcome).increment(by);
    }

    private Counter counter(Method method, String outcome) {
        return meters.counter(
                "howdah.logins", "method", method.name().toLowerCase(java.util.Locale.ROOT), "outcome", outcome);
    }

    private static String address(Authentication login) {
        return login.getDetails() instanceof WebAuthenticationDetails details && details.getRemoteAddress() != null
                ? details.getRemoteAddress()
                : "unknown";
    }
}
