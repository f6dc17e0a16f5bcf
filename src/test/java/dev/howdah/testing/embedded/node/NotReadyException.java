package dev.howdah.testing.embedded.node;

/** A container cannot start yet; the message is for its status. */
final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReadyException(String message) {
        super(message);
    }
}
