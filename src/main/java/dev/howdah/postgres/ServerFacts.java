package dev.howdah.postgres;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about itself.
 *
 * @param version as in {@code 17.6}
 * @param pendingRestart names of settings that changed and wait for a restart
 * @param connections client connections open now, without the one that asks
 * @param maxConnections how many the server allows
 * @param bytes size of all databases and the write-ahead log
 * @param inRecovery whether it follows another server or is being restored
 * @param certificate what it shows to clients; null without TLS
 */
public record ServerFacts(
        String version,
        Set<String> pendingRestart,
        int connections,
        int maxConnections,
        long bytes,
        boolean inRecovery,
        @Nullable ServedCertificate certificate) {
    public ServerFacts {
        pendingRestart = Set.copyOf(pendingRestart);
    }

    /** The certificate that the server serves now, which after a reload is the new one. */
    public record ServedCertificate(BigInteger serialNumber, Instant notAfter) {}
}
