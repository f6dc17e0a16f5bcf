package dev.howdah.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeafCertificateTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("Howdah", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());

    @Test
    void renewalIsDueInTheLastThird() {
        LeafCertificate leaf = leaf(Duration.ofDays(300), "db.example");

        assertThat(leaf.renewalDue(NOW)).isFalse();
        assertThat(leaf.renewalDue(NOW.plus(Duration.ofDays(199)))).isFalse();
        assertThat(leaf.renewalDue(NOW.plus(Duration.ofDays(201)))).isTrue();
        assertThat(leaf.renewalDue(NOW.plus(Duration.ofDays(400)))).isTrue();
    }

    @Test
    void coversExactlyTheNamesAndAddressesItWasIssuedFor() {
        LeafCertificate leaf = leaf(Duration.ofDays(1), "db.example", "10.0.0.1", "::1");

        assertThat(leaf.covers(List.of("db.example", "10.0.0.1", "::1"))).isTrue();
        assertThat(leaf.covers(List.of("0:0:0:0:0:0:0:1"))).isTrue();
        assertThat(leaf.covers(List.of("db.example", "10.0.0.2"))).isFalse();
        assertThat(leaf.covers(List.of("example"))).isFalse();
    }

    @Test
    void saysUntilWhenItIsValid() {
        assertThat(leaf(Duration.ofDays(1), "db.example").validUntil()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void textThatIsNoCertificateIsRefused() {
        assertThatThrownBy(() -> LeafCertificate.parse("nothing")).isInstanceOf(PkiException.class);
    }

    private static LeafCertificate leaf(Duration validity, String... names) {
        return LeafCertificate.parse(AUTHORITY.issue(List.of(names), validity).certificate());
    }
}
