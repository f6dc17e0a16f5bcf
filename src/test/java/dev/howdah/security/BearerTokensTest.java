package dev.howdah.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class BearerTokensTest {
    private static final Instant SOON = Instant.now().plusSeconds(600);
    private static RSAKey key;
    private static RSAKey otherKey;
    private static HttpServer issuer;
    private static String url;

    @BeforeAll
    static void startIssuer() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        otherKey = new RSAKeyGenerator(2048).keyID("k").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = "http://127.0.0.1:" + issuer.getAddress().getPort();
        serve("/.well-known/openid-configuration", "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(url));
        serve("/keys", new JWKSet(key.toPublicJWK()).toString());
        issuer.start();
    }

    @AfterAll
    static void stopIssuer() {
        issuer.stop(0);
    }

    private static void serve(String path, String json) {
        issuer.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(json.getBytes(UTF_8));
            exchange.close();
        });
    }

    @Test
    void aTokenOfTheIssuerForThisAudienceIsGood() throws JOSEException {
        assertThat(caller(token(url, "howdah", SOON, key))).isEqualTo("platform");
    }

    @Test
    void everyOtherTokenIsRefused() throws JOSEException {
        for (String token : new String[] {
            token("https://other.example", "howdah", SOON, key),
            token(url, "somebody-else", SOON, key),
            token(url, null, SOON, key),
            token(url, "howdah", Instant.now().minusSeconds(600), key),
            token(url, "howdah", null, key),
            token(url, "howdah", SOON, otherKey),
            "no.jwt.at-all",
            "nothing"
        }) {
            assertThatThrownBy(() -> caller(token)).isInstanceOf(BadCredentialsException.class);
        }
    }

    @Test
    void anIssuerThatIsAwayIsNoReasonToRefuseForGoodNorNotToStart() throws JOSEException {
        String token = token("http://127.0.0.1:1", "howdah", SOON, key);
        BearerTokens tokens = tokens("http://127.0.0.1:1");

        assertThatThrownBy(() -> tokens.authenticate(new BearerTokenAuthenticationToken(token)))
                .isInstanceOf(IssuerUnavailable.class);
    }

    private static String caller(String token) {
        return tokens(url)
                .authenticate(new BearerTokenAuthenticationToken(token))
                .getName();
    }

    private static BearerTokens tokens(String issuer) {
        SecurityProperties properties = Settings.of(Map.of("howdah.security.oidc.issuer", issuer));
        LoginGate gate = new LoginGate(
                new LoginAttempts(properties.failedLogins(), Clock.systemUTC()), new SimpleMeterRegistry());
        return new BearerTokens(
                new KnownCallers(properties, Clock.systemUTC()), new IssuedTokens(properties.oidc()), gate);
    }

    private static String token(String issuer, String audience, Instant expiresAt, RSAKey signer) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("platform")
                .audience(audience)
                .expirationTime(expiresAt == null ? null : Date.from(expiresAt))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims);
        jwt.sign(new RSASSASigner(signer));
        return jwt.serialize();
    }
}
