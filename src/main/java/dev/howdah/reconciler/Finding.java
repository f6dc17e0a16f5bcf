package dev.howdah.reconciler;

/**
 * What was found out about one aspect of a resource; it becomes a condition.
 *
 * @param good the condition's status
 * @param reason for programs, CamelCase
 * @param message for people: a sentence without secrets
 */
record Finding(boolean good, String reason, String message) {
    private static final int LONGEST_MESSAGE = 1000;

    Finding {
        message = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    static Finding good(String reason, String message) {
        return new Finding(true, reason, message);
    }

    static Finding bad(String reason, String message) {
        return new Finding(false, reason, message);
    }
}
