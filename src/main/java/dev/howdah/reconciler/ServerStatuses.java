package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerStatus;
import dev.howdah.crd.PostgresServerStatus.Phase;
import dev.howdah.crd.PostgresServerStatus.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status that follows from a server's last one and what was found out since. */
final class ServerStatuses {
    private static final PostgresServerStatus NONE = new PostgresServerStatus(null, null, null, null, null, null, null);

    private static final double NOTABLE = 0.05;

    /** A file system keeps up to a tenth of its volume to itself, so a full one can be at 90 %. */
    private static final long FULL_PERCENT = 85;

    private static final int NOTABLE_CONNECTIONS = 5;
    private static final long NOTABLE_BYTES = 16L << 20;

    private ServerStatuses() {}

    static PostgresServerStatus next(PostgresServer server, ServerFindings found, Instant now) {
        PostgresServerStatus old = of(server);
        Map<String, Finding> findings = new LinkedHashMap<>();
        findings.put(Conditions.READY, found.ready());
        findings.put(Conditions.APPLIED, found.applied());
        Usage usage = notable(old.usage(), found.usage()) ? found.usage() : old.usage();
        diskSpace(usage).ifPresent(finding -> findings.put(Conditions.DISK_SPACE, finding));
        Long generation = server.getMetadata().getGeneration();
        return new PostgresServerStatus(
                phase(old, found),
                found.applied().good() ? generation : old.observedGeneration(),
                Conditions.with(old.conditions(), findings, generation, now),
                Optional.ofNullable(found.endpoint()).orElse(old.endpoint()),
                Optional.ofNullable(found.version()).orElse(old.postgresVersion()),
                claimedBy(server),
                usage);
    }

    static PostgresServerStatus deleting(PostgresServer server, String waitingFor, Instant now) {
        PostgresServerStatus old = of(server);
        return new PostgresServerStatus(
                Phase.Deleting,
                server.getMetadata().getGeneration(),
                Conditions.with(
                        old.conditions(),
                        Map.of(Conditions.READY, Finding.bad("Deleting", waitingFor)),
                        server.getMetadata().getGeneration(),
                        now),
                old.endpoint(),
                old.postgresVersion(),
                claimedBy(server),
                old.usage());
    }

    /** A round that failed half-way: what was known stays, and the trouble is told, unless the server is known to answer. */
    static PostgresServerStatus troubled(PostgresServer server, Finding trouble, Instant now) {
        PostgresServerStatus old = of(server);
        boolean answers = isReady(server);
        Map<String, Finding> findings =
                answers ? Map.of(Conditions.APPLIED, trouble) : Map.of(Conditions.READY, trouble);
        return new PostgresServerStatus(
                Optional.ofNullable(old.phase()).orElse(Phase.Pending),
                old.observedGeneration(),
                Conditions.with(old.conditions(), findings, server.getMetadata().getGeneration(), now),
                old.endpoint(),
                old.postgresVersion(),
                claimedBy(server),
                old.usage());
    }

    /** Whether the next says nothing new but what is waited for. */
    static boolean isOnlyWaiting(PostgresServerStatus old, PostgresServerStatus next) {
        boolean first = old.phase() == null;
        return first
                ? next.phase() != Phase.Failed && Conditions.areOnlyWaiting(next.conditions())
                : withoutWaiting(old).equals(withoutWaiting(next));
    }

    private static PostgresServerStatus withoutWaiting(PostgresServerStatus status) {
        return new PostgresServerStatus(
                status.phase(),
                status.observedGeneration(),
                Conditions.withoutWaiting(status.conditions()),
                status.endpoint(),
                status.postgresVersion(),
                status.claimedBy(),
                status.usage());
    }

    static PostgresServerStatus of(PostgresServer server) {
        return Optional.ofNullable(server.getStatus()).orElse(NONE);
    }

    static boolean isReady(PostgresServer server) {
        return Conditions.isTrue(of(server).conditions(), Conditions.READY);
    }

    /** Whether everything in the spec of this very object is in force and the server answers. */
    static boolean isUpToDate(PostgresServer server) {
        PostgresServerStatus status = of(server);
        Long observed = status.observedGeneration();
        return observed != null
                && observed.equals(server.getMetadata().getGeneration())
                && isReady(server)
                && Conditions.isTrue(status.conditions(), Conditions.APPLIED);
    }

    private static Phase phase(PostgresServerStatus old, ServerFindings found) {
        boolean wasReady = old.observedGeneration() != null;
        if (found.ready().good() && found.applied().good()) {
            return Phase.Ready;
        }
        if (!found.applied().good() && wasReady && found.unready() != Phase.Failed) {
            return Phase.Updating;
        }
        return found.ready().good() ? Phase.Starting : found.unready();
    }

    private static @Nullable String claimedBy(PostgresServer server) {
        return Owners.instanceOf(server).orElse(null);
    }

    /** Told before it is too late: a server whose volume is full stops. */
    static Optional<Finding> diskSpace(@Nullable Usage usage) {
        if (usage == null || usage.diskUsedBytes() == null || usage.diskCapacityBytes() == null) {
            return Optional.empty();
        }
        long percent = usage.diskUsedBytes() * 100 / Math.max(1, usage.diskCapacityBytes());
        return Optional.of(
                percent < FULL_PERCENT
                        ? Finding.good("Enough", "there is room on the volume")
                        : Finding.bad(
                                "AlmostFull",
                                "the volume is more than " + FULL_PERCENT
                                        + " % full; delete data or ask for more storage"));
    }

    /** Usage always moves a little; writing every move down would keep the whole API busy. */
    static boolean notable(@Nullable Usage old, @Nullable Usage now) {
        if (now == null || old == null) {
            return now != null;
        }
        long bytes = difference(old.diskUsedBytes(), now.diskUsedBytes());
        long capacity = Optional.ofNullable(now.diskCapacityBytes()).orElse(0L);
        return difference(old.diskCapacityBytes(), now.diskCapacityBytes()) != 0
                || bytes > Math.max(NOTABLE_BYTES, capacity * NOTABLE)
                || difference(asLong(old.connections()), asLong(now.connections())) >= NOTABLE_CONNECTIONS;
    }

    private static @Nullable Long asLong(@Nullable Integer number) {
        return number == null ? null : Long.valueOf(number);
    }

    private static long difference(@Nullable Long a, @Nullable Long b) {
        return Math.abs(
                Optional.ofNullable(a).orElse(0L) - Optional.ofNullable(b).orElse(0L));
    }
}
