package dev.howdah.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.pki.CertificateAuthority;
import dev.howdah.pki.KeyPairPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

class CertificateFilesTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("Company", CLOCK, new SecureRandom());

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;
    private ApiTls tls;
    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();

    @BeforeEach
    void nameFiles() {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        tls = new ApiTls(new CertificateFiles(certificate, key), settings(certificate, key), CLOCK);
    }

    @Test
    void theFilesAreShownAndShownAgainWhenTheyChange() throws Exception {
        X509Certificate before = start();

        write(issue());
        tls.refresh();

        assertThat(shown()).isNotEqualTo(before);
    }

    /** A Secret that is written by hand is wrong for a moment between its two entries. */
    @Test
    void aKeyThatDoesNotFitLeavesTheCertificateBeforeInUse() throws Exception {
        X509Certificate before = start();

        Files.writeString(certificate, issue().certificate());
        tls.refresh();
        assertThat(shown()).isEqualTo(before);
        Files.writeString(key, "no key");
        tls.refresh();
        assertThat(shown()).isEqualTo(before);
        Files.delete(key);
        tls.refresh();

        assertThat(shown()).isEqualTo(before);
    }

    @Test
    void aFileThatIsMissingIsNamedWithItsSetting() throws IOException {
        Files.writeString(certificate, issue().certificate());

        assertThatThrownBy(() -> tls.registerBundles(bundles))
                .isInstanceOf(NoCertificate.class)
                .hasMessageContaining("howdah.tls.private-key")
                .hasMessageContaining(key.toString());
    }

    @Test
    void settingsWithoutAFileAreRefused() {
        assertThatThrownBy(() -> settings(certificate, null))
                .isInstanceOf(NoCertificate.class)
                .hasMessageContaining("howdah.tls.private-key is not set");
    }

    /** With files that are right; the certificate that is shown. */
    private X509Certificate start() throws Exception {
        write(issue());
        tls.registerBundles(bundles);
        return shown();
    }

    private static TlsSettings settings(Path certificate, Path key) {
        return new TlsSettings(
                TlsSettings.Mode.FILES,
                "howdah",
                "howdah-system",
                List.of(),
                Duration.ofDays(90),
                certificate,
                key,
                Duration.ofSeconds(10),
                Duration.ZERO);
    }

    private static KeyPairPem issue() {
        return AUTHORITY.issue(List.of("howdah.example"), Duration.ofDays(1));
    }

    private void write(KeyPairPem pair) throws IOException {
        Files.writeString(certificate, pair.certificate());
        Files.writeString(key, pair.privateKey());
    }

    private X509Certificate shown() throws Exception {
        return (X509Certificate)
                bundles.getBundle(ApiTls.BUNDLE).getStores().getKeyStore().getCertificate("howdah");
    }
}
