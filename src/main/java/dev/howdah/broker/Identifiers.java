package dev.howdah.broker;

/** What OSB ids may look like (OSB, URL Properties: unreserved characters recommended, others percent-encoded). */
final class Identifiers {
    private static final int MAX_LENGTH = 255;

    private Identifiers() {}

    static void requirePrintable(String field, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "%s must have 1 to %d printable characters".formatted(field, MAX_LENGTH));
        }
    }
}
