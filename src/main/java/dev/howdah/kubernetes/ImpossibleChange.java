package dev.howdah.kubernetes;

import java.io.Serial;

/** A change that no server can make, as opposed to a request that makes no sense. */
final class ImpossibleChange extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ImpossibleChange(String message) {
        super(message);
    }
}
