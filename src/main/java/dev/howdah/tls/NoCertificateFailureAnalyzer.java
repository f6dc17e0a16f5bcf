package dev.howdah.tls;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class NoCertificateFailureAnalyzer extends AbstractFailureAnalyzer<NoCertificate> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoCertificate cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "With howdah.tls.mode=own the API server has to be reachable and Howdah must be allowed to get and create"
                        + " Secrets in howdah.namespace. With howdah.tls.mode=files, howdah.tls.certificate and"
                        + " howdah.tls.private-key name a certificate and its key in PEM. howdah.tls.mode=off serves plain"
                        + " HTTP, which is right only on a loopback address or behind a proxy of your own.",
                cause);
    }
}
