package dev.howdah.security;

import org.springframework.security.core.AuthenticationException;

/** Whether a token is good cannot be told: its issuer's keys cannot be had. */
class IssuerUnavailable extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    IssuerUnavailable(Throwable cause) {
        super("The keys of howdah.security.oidc.issuer cannot be read", cause);
    }
}
