package dev.howdah.kubernetes;

import dev.howdah.crd.PostgresInstanceSpec;

/** What a request comes to. */
sealed interface Resolution {
    record Resolved(PostgresInstanceSpec spec) implements Resolution {}

    /** @param reason names the parameter and what it has to be */
    record Refused(String reason) implements Resolution {}
}
