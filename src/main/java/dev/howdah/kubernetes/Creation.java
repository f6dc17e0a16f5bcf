package dev.howdah.kubernetes;

import dev.howdah.broker.BindOutcome;
import dev.howdah.crd.PostgresBindingSpec;

/** Whether a binding may be created. */
sealed interface Creation {
    record Allowed(PostgresBindingSpec spec) implements Creation {}

    record Denied(BindOutcome outcome) implements Creation {}
}
