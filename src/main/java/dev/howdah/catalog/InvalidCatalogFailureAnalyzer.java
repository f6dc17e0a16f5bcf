package dev.howdah.catalog;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class InvalidCatalogFailureAnalyzer extends AbstractFailureAnalyzer<InvalidCatalog> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidCatalog cause) {
        return new FailureAnalysis(
                "The catalog is not valid:%n%n  - %s".formatted(String.join("%n  - ".formatted(), cause.problems())),
                "Correct the named properties (application.yml or the environment) and start again.",
                cause);
    }
}
