package dev.howdah.broker;

/** The store of instances and bindings did not answer: 503, and the platform may repeat the request. */
public class StoreUnavailable extends RuntimeException {
    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
