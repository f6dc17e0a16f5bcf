package dev.howdah.reconciler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one round found out about a binding.
 *
 * @param role name of the login role; null if it is not known to exist yet
 * @param secret name of the Secret; null if it is not known to exist yet
 */
record BindingFindings(
        State state,
        Finding ready,
        @Nullable String role,
        @Nullable String secret,
        Duration lookAgain) {
    enum State {
        USABLE,
        WAITING,
        /** PostgreSQL says no, and not because of its state. */
        REFUSED,
        EXPIRED
    }

    static BindingFindings refused(Finding why, Duration lookAgain) {
        return new BindingFindings(State.REFUSED, why, null, null, lookAgain);
    }

    static BindingFindings waiting(Finding why, Duration lookAgain) {
        return new BindingFindings(State.WAITING, why, null, null, lookAgain);
    }
}
