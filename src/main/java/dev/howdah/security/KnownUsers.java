package dev.howdah.security;

import dev.howdah.security.LoginGate.Method;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** OSB, Platform to Service Broker Authentication: users with passwords (RFC 7617). */
final class KnownUsers implements AuthenticationProvider {
    private final KnownCallers callers;
    private final LoginGate gate;

    KnownUsers(KnownCallers callers, LoginGate gate) {
        this.callers = callers;
        this.gate = gate;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String user = login.getName();
        boolean right = callers.now().accepts(user, Digest.of(String.valueOf(login.getCredentials())));
        gate.pass(Method.BASIC, login, user, right);
        return UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
