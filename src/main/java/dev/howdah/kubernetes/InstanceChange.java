package dev.howdah.kubernetes;

import dev.howdah.crd.PostgresInstanceSpec;

/** What an update request does to an instance. */
sealed interface InstanceChange {
    /** Everything is as the request wants it. */
    record None() implements InstanceChange {}

    /** Only what is known about the platform changes, not the server. */
    record RequestOnly(PostgresInstanceSpec spec) implements InstanceChange {}

    record Effective(PostgresInstanceSpec spec) implements InstanceChange {}

    /** @param reason for the user: what does not work and what does */
    record NotPossible(String reason) implements InstanceChange {}

    record Invalid(String reason) implements InstanceChange {}
}
