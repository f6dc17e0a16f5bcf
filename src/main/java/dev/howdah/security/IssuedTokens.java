package dev.howdah.security;

import dev.howdah.security.SecurityProperties.Oidc;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Tokens that an OpenID Connect issuer signed (RFC 9068, RFC 7519). Signature, issuer, audience and times are checked; the
 * issuer is asked for its keys when the first token comes, and not at the start.
 */
final class IssuedTokens {
    private static final Logger LOG = LoggerFactory.getLogger(IssuedTokens.class);

    private final @Nullable JwtDecoder decoder;
    private final String userClaim;

    IssuedTokens(Oidc settings) {
        String issuer = settings.issuer();
        decoder = issuer == null
                ? null
                : new SupplierJwtDecoder(() -> decoder(issuer, settings.jwkSetUri(), settings.audiences()));
        userClaim = settings.userClaim();
    }

    private static JwtDecoder decoder(String issuer, @Nullable String jwkSetUri, List<String> audiences) {
        NimbusJwtDecoder decoder = jwkSetUri == null
                ? NimbusJwtDecoder.withIssuerLocation(issuer).build()
                : NimbusJwtDecoder.withJwkSetUri(jwkSetUri).build();
        OAuth2TokenValidator<Jwt> audience =
                token -> token.getAudience() != null && !Collections.disjoint(token.getAudience(), audiences)
                        ? OAuth2TokenValidatorResult.success()
                        : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "audience", null));
        OAuth2TokenValidator<Jwt> expiry = token -> token.getExpiresAt() != null
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "no expiry", null));
        decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(
                new org.springframework.security.oauth2.jwt.JwtIssuerValidator(issuer),
                new org.springframework.security.oauth2.jwt.JwtTimestampValidator(),
                audience,
                expiry));
        return decoder;
    }

    /**
     * Whose token it is; empty if it is not good here.
     *
     * @throws IssuerUnavailable if that cannot be told
     */
    Optional<String> holder(String token) {
        if (decoder == null || token.chars().filter(letter -> letter == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            Jwt jwt = decoder.decode(token);
            return Optional.ofNullable(jwt.getClaimAsString(userClaim));
        } catch (BadJwtException refused) {
            LOG.atDebug().addKeyValue("reason", refused.getMessage()).log("Token refused");
            return Optional.empty();
        } catch (JwtException | JwtDecoderInitializationException | IllegalArgumentException unavailable) {
            LOG.atWarn().addKeyValue("reason", unavailable.getMessage()).log("The token issuer's keys cannot be read");
            throw new IssuerUnavailable(unavailable);
        }
    }
}
