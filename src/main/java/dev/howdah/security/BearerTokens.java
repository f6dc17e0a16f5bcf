package dev.howdah.security;

import dev.howdah.security.LoginGate.Method;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Bearer tokens (RFC 6750): those that were handed out beforehand, and those of an OpenID Connect issuer if there is one. */
final class BearerTokens implements AuthenticationManager {
    /** Wrong tokens say nobody's name. */
    private static final String ANYBODY = "";

    private final KnownCallers callers;
    private final IssuedTokens issued;
    private final LoginGate gate;

    BearerTokens(KnownCallers callers, IssuedTokens issued, LoginGate gate) {
        this.callers = callers;
        this.issued = issued;
        this.gate = gate;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String token = ((BearerTokenAuthenticationToken) login).getToken();
        Optional<String> holder = callers.now().holder(Digest.of(token)).or(() -> issued.holder(token));
        gate.pass(Method.BEARER, login, ANYBODY, holder.isPresent());
        return UsernamePasswordAuthenticationToken.authenticated(holder.orElse(ANYBODY), null, List.of());
    }
}
