package dev.howdah.osb;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.howdah.broker.LastOperation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.binding.GetLastServiceBindingOperationResponse;
import org.springframework.cloud.servicebroker.model.instance.GetLastServiceOperationResponse;
import org.springframework.cloud.servicebroker.model.instance.OperationState;

/** An answer to a poll that may say when to poll again (OSB, Polling Last Operation: Retry-After). */
interface Pollable {
    /** Whole seconds, at least one; null for an operation that has ended. */
    @JsonIgnore
    @Nullable
    Long retryAfterSeconds();

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** The state of an operation as either kind of answer takes it. */
    record State(
            OperationState state,
            String description,
            @Nullable Boolean instanceUsable,
            @Nullable Boolean updateRepeatable,
            @Nullable Long retryAfterSeconds) {

        static State of(LastOperation operation, String what) {
            return switch (operation) {
                case LastOperation.InProgress(String description, Duration wait) ->
                    new State(OperationState.IN_PROGRESS, said(description, "In progress"), null, null, seconds(wait));
                case LastOperation.Succeeded(String description) ->
                    new State(OperationState.SUCCEEDED, said(description, "Succeeded"), null, null, null);
                case LastOperation.Failed(String description, Boolean usable, Boolean repeatable) ->
                    new State(OperationState.FAILED, said(description, "Failed"), usable, repeatable, null);
                case LastOperation.NotFound() -> throw OsbException.notFound("There is no such %s.".formatted(what));
                case LastOperation.Gone() -> throw OsbException.gone("The %s is gone.".formatted(what));
            };
        }

        private static String said(String description, String otherwise) {
            return description.isBlank() ? otherwise : description;
        }
    }

    /** Of an instance. */
    final class OfInstance extends GetLastServiceOperationResponse implements Pollable {
        private final @Nullable Long retryAfterSeconds;

        OfInstance(State state) {
            // A deletion that succeeded is told with 200: platforms that poll expect it, and 410 is for what is
            // forgotten.
            super(state.state(), state.description(), state.instanceUsable(), state.updateRepeatable(), false);
            this.retryAfterSeconds = state.retryAfterSeconds();
        }

        @Override
        public @Nullable Long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /** Of a binding. */
    final class OfBinding extends GetLastServiceBindingOperationResponse implements Pollable {
        private final @Nullable Long retryAfterSeconds;

        OfBinding(State state) {
            super(state.state(), state.description(), false);
            this.retryAfterSeconds = state.retryAfterSeconds();
        }

        @Override
        public @Nullable Long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }
}
