package dev.howdah.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration YEAR = CertificateAuthority.LEAF_VALIDITY;

    private final CertificateAuthority authority = CertificateAuthority.create("Howdah", CLOCK, RANDOM);

    @Test
    void aLeafIsValidUnderItsAuthority() throws Exception {
        KeyPairPem leaf = authority.issue(List.of("db.example"), YEAR);

        validate(leaf.certificate(), authority.certificate(), NOW);
    }

    @Test
    void aLeafIsNotValidUnderAnotherAuthority() {
        KeyPairPem leaf = authority.issue(List.of("db.example"), YEAR);
        CertificateAuthority other = CertificateAuthority.create("Howdah", CLOCK, RANDOM);

        assertThatThrownBy(() -> validate(leaf.certificate(), other.certificate(), NOW))
                .isInstanceOf(CertPathValidatorException.class);
        assertThat(LeafCertificate.parse(leaf.certificate()).issuedBy(other.certificate()))
                .isFalse();
        assertThat(LeafCertificate.parse(leaf.certificate()).issuedBy(authority.certificate()))
                .isTrue();
    }

    @Test
    void aStoredAuthorityIssuesLeavesOfTheSameAuthority() throws Exception {
        CertificateAuthority stored = CertificateAuthority.from(authority.pem(), null, CLOCK, RANDOM);

        KeyPairPem leaf = stored.issue(List.of("db.example"), YEAR);

        validate(leaf.certificate(), authority.certificate(), NOW);
        assertThat(stored.pem()).isEqualTo(authority.pem());
    }

    @Test
    void anAuthorityWithTheKeyOfAnotherIsRefused() {
        KeyPairPem other = CertificateAuthority.create("Howdah", CLOCK, RANDOM).pem();
        KeyPairPem mixed = new KeyPairPem(authority.certificate(), other.privateKey());

        assertThatThrownBy(() -> CertificateAuthority.from(mixed, null, CLOCK, RANDOM))
                .isInstanceOf(PkiException.class)
                .hasMessageContaining("private key is not the one");
    }

    @Test
    void aLeafIsNoAuthority() {
        KeyPairPem leaf = authority.issue(List.of("db.example"), YEAR);

        assertThatThrownBy(() -> CertificateAuthority.from(leaf, null, CLOCK, RANDOM))
                .isInstanceOf(PkiException.class)
                .hasMessageContaining("basicConstraints");
    }

    @Test
    void textThatIsNoKeyIsRefusedWithoutQuotingIt() {
        KeyPairPem broken = new KeyPairPem(authority.certificate(), "geheim");

        assertThatThrownBy(() -> CertificateAuthority.from(broken, null, CLOCK, RANDOM))
                .isInstanceOf(PkiException.class)
                .hasMessageNotContaining("geheim")
                .hasNoCause();
    }

    @Test
    void leavesOfAnIssuedAuthorityComeWithItAndAreTrustedThroughTheRoot() throws Exception {
        IssuedAuthority issued = IssuedAuthority.create(NOW);
        CertificateAuthority intermediate = CertificateAuthority.from(issued.pair(), issued.root(), CLOCK, RANDOM);

        String shown = intermediate.issue(List.of("db.example"), YEAR).certificate();

        assertThat(intermediate.trusted()).isEqualTo(issued.root());
        assertThat(LeafCertificate.parse(shown).issuedBy(intermediate.certificate()))
                .isTrue();
        assertThat(Pem.certificates(shown)).hasSize(2);
        validate(Pem.of(Pem.certificates(shown).get(1)), intermediate.trusted(), NOW);
        validate(Pem.of(Pem.certificates(shown).getFirst()), intermediate.certificate(), NOW);
    }

    @Test
    void anIssuedAuthorityNeedsTheRootThatIssuedIt() throws Exception {
        IssuedAuthority issued = IssuedAuthority.create(NOW);

        assertThatThrownBy(() -> CertificateAuthority.from(issued.pair(), null, CLOCK, RANDOM))
                .isInstanceOf(PkiException.class)
                .hasMessageContaining("ca.crt");
        assertThatThrownBy(() -> CertificateAuthority.from(issued.pair(), authority.certificate(), CLOCK, RANDOM))
                .isInstanceOf(PkiException.class)
                .hasMessageContaining("ca.crt");
    }

    @Test
    void authorityLivesTenYearsAndMaySignOnly() throws Exception {
        X509Certificate certificate = parse(authority.certificate());

        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(3653)));
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Howdah");
    }

    @Test
    void leafServesTlsServersOnlyAndStartsALittleEarlier() throws Exception {
        X509Certificate leaf =
                parse(authority.issue(List.of("db.example", "10.0.0.1"), YEAR).certificate());

        assertThat(leaf.getBasicConstraints()).isNegative();
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getNotBefore()).isBefore(Date.from(NOW));
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "db.example"), List.of(7, "10.0.0.1"));
    }

    @Test
    void leafNeverOutlivesItsAuthority() throws Exception {
        X509Certificate leaf = parse(
                authority.issue(List.of("db.example"), Duration.ofDays(36500)).certificate());

        assertThat(leaf.getNotAfter()).isEqualTo(parse(authority.certificate()).getNotAfter());
    }

    @Test
    void aNameTooLongForACommonNameIsStillCovered() {
        String name = "pg-" + "a".repeat(60) + ".howdah-instances.svc.cluster.local";

        KeyPairPem leaf = authority.issue(List.of(name), YEAR);

        assertThat(LeafCertificate.parse(leaf.certificate()).covers(List.of(name)))
                .isTrue();
    }

    @Test
    void keysNeverShowInToString() {
        KeyPairPem stored = authority.pem();

        assertThat(stored.toString()).doesNotContain("PRIVATE").doesNotContain(stored.privateKey());
    }

    private static void validate(String leaf, String anchor, Instant at) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(parse(anchor), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(parse(leaf))), parameters);
    }

    private static X509Certificate parse(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    }
}
