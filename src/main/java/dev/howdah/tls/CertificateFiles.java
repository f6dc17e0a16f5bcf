package dev.howdah.tls;

import dev.howdah.pki.KeyPairPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mounted Secret: cert-manager's, or one that a person made. */
record CertificateFiles(Path certificate, Path privateKey) implements CertificateSource {
    @Override
    public KeyPairPem current() {
        return new KeyPairPem(read("howdah.tls.certificate", certificate), read("howdah.tls.private-key", privateKey));
    }

    private static String read(String setting, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new NoCertificate("The file of %s, %s, cannot be read.".formatted(setting, file), failure);
        }
    }
}
