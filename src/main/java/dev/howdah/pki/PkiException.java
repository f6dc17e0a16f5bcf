package dev.howdah.pki;

/** A certificate or key that cannot be used. The message never contains a key. */
public class PkiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PkiException(String message) {
        super(message);
    }

    PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}
