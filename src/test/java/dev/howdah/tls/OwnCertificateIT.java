package dev.howdah.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.pki.KeyPairPem;
import dev.howdah.pki.LeafCertificate;
import dev.howdah.testing.HowdahHarness;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the shared API server, in a namespace that the broker there does not look at. */
class OwnCertificateIT {
    private static final String NAMESPACE = "default";
    private static final List<String> NAMES = List.of("howdah.howdah-system.svc");
    private static final Duration VALIDITY = Duration.ofDays(90);
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final KubernetesClient client = HowdahHarness.shared().kubernetes();

    @AfterEach
    void leaveNothingBehind() {
        Stream.of(OwnCertificate.NAME, AuthorityStore.NAME)
                .forEach(name ->
                        client.secrets().inNamespace(NAMESPACE).withName(name).delete());
    }

    @Test
    void replicasThatStartTogetherShowOneCertificateOfOneAuthority() {
        List<CompletableFuture<KeyPairPem>> starting = Stream.generate(() -> replica(NOW))
                .limit(4)
                .map(replica -> CompletableFuture.supplyAsync(replica::current))
                .toList();

        List<KeyPairPem> shown =
                starting.stream().map(CompletableFuture::join).distinct().toList();

        String authority = authorities(NOW).authority().certificate();
        assertThat(shown)
                .hasSize(1)
                .allSatisfy(pair -> assertThat(
                                LeafCertificate.parse(pair.certificate()).issuedBy(authority))
                        .isTrue());
    }

    @Test
    void aCertificateIsRenewedWithTheLastThirdOfItsLife() {
        KeyPairPem first = replica(NOW).current();

        KeyPairPem early = replica(NOW.plus(Duration.ofDays(59))).current();
        KeyPairPem late = replica(NOW.plus(Duration.ofDays(61))).current();

        assertThat(early).isEqualTo(first);
        assertThat(LeafCertificate.parse(late.certificate()).validUntil()).isEqualTo(NOW.plus(Duration.ofDays(151)));
        assertThat(replica(NOW.plus(Duration.ofDays(61))).current()).isEqualTo(late);
    }

    @Test
    void aCertificateForOtherNamesIsReplacedAtTheStart() {
        KeyPairPem before = replica(NOW).current();

        KeyPairPem after =
                replica(NOW, "howdah.howdah-system.svc", "howdah.example.com").current();

        assertThat(after).isNotEqualTo(before);
        assertThat(LeafCertificate.parse(after.certificate()).covers(List.of("howdah.example.com")))
                .isTrue();
    }

    @Test
    void theTimeThatTheAuthorityHasLeftIsMeasured() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AuthorityStore authorities = authorities(NOW);
        authorities.bindTo(registry);
        assertThat(secondsLeft(registry)).isNaN();

        authorities.authority();

        assertThat(secondsLeft(registry)).isEqualTo(Duration.ofDays(3653).toSeconds());
    }

    private static double secondsLeft(SimpleMeterRegistry registry) {
        return registry.get("howdah.certificate.expiry")
                .tag("certificate", "authority")
                .gauge()
                .value();
    }

    private OwnCertificate replica(Instant now, String... names) {
        return new OwnCertificate(
                client, NAMESPACE, authorities(now), names.length == 0 ? NAMES : List.of(names), VALIDITY, clock(now));
    }

    private AuthorityStore authorities(Instant now) {
        return new AuthorityStore(client, NAMESPACE, clock(now), new SecureRandom());
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
