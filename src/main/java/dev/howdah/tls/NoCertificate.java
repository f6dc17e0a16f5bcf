package dev.howdah.tls;

/** The API cannot be served over TLS, and to serve it without was not asked for. */
class NoCertificate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCertificate(String message) {
        super(message);
    }

    NoCertificate(String message, Throwable cause) {
        super(message, cause);
    }
}
