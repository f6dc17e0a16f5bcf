package dev.howdah.catalog;

import java.util.List;

/** The configured catalog breaks rules; the application must not start with it. */
class InvalidCatalog extends RuntimeException {
    private final transient List<String> problems;

    InvalidCatalog(List<String> problems) {
        super("The catalog in howdah.catalog is not valid: " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
