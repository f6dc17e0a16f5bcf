package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresServerStatus.Phase;
import dev.howdah.crd.PostgresServerStatus.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one round found out about a server.
 *
 * @param ready whether it answers SQL
 * @param applied whether all of its spec is in force
 * @param unready the phase if it is not ready
 * @param version what the server says it is; null if it was not asked
 * @param usage null if it was not asked
 * @param lookAgain when to look again if nothing happens before
 */
record ServerFindings(
        Finding ready,
        Finding applied,
        Phase unready,
        @Nullable Endpoint endpoint,
        @Nullable String version,
        @Nullable Usage usage,
        Duration lookAgain) {}
