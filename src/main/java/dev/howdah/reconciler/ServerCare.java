package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerStatus.Usage;
import dev.howdah.pki.LeafCertificate;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.postgres.ReloadOutcome;
import dev.howdah.postgres.ReloadOutcome.InForce;
import dev.howdah.postgres.ReloadOutcome.NeedsRestart;
import dev.howdah.postgres.ReloadOutcome.Unchanged;
import dev.howdah.postgres.ServerAddress;
import dev.howdah.postgres.ServerFacts;
import dev.howdah.workload.ServerConfiguration;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server that answers needs from time to time: settings in force, the certificate of its Secret, a look at its usage. */
final class ServerCare {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCare.class);

    /** How often usage and certificate are looked at. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final PostgresServers servers;
    private final RecentChecks looks;

    ServerCare(PostgresServers servers, Clock clock) {
        this.servers = servers;
        this.looks = new RecentChecks(clock);
    }

    /** @return names of settings that wait for a restart */
    Set<String> applySettings(PostgresServer server, ServerAddress address) {
        ReloadOutcome outcome = servers.applySettings(
                address, ServerConfiguration.of(server.getSpec()).reloadable());
        return switch (outcome) {
            case Unchanged _ -> Set.of();
            case InForce _ -> Set.of();
            case NeedsRestart(Set<String> _, Set<String> waiting) -> waiting;
        };
    }

    /** Usage, if it is time to look; a failure only means that there is nothing new. */
    Optional<Usage> look(PostgresServer server, ServerAddress address, ServerChildren children) {
        String uid = server.getMetadata().getUid();
        if (looks.knows(uid, address.host(), INTERVAL)) {
            return Optional.empty();
        }
        looks.remember(uid, address.host());
        try {
            ServerFacts facts = servers.facts(address);
            followCertificate(address, facts, SecretContent.find(children.tlsSecret(), "tls.crt"));
            return Optional.of(usage(facts, VolumeGrowth.capacity(children.volumeClaim())));
        } catch (PostgresException failure) {
            LOG.atDebug()
                    .addKeyValue("server", server.getMetadata().getName())
                    .setCause(failure)
                    .log("Usage not read");
            return Optional.empty();
        }
    }

    void forget(PostgresServer server) {
        looks.forget(server.getMetadata().getUid());
    }

    /** The kubelet brings a renewed certificate into the pod within a minute or so; until the server serves it, reload again. */
    private void followCertificate(ServerAddress address, ServerFacts facts, Optional<String> wished) {
        ServerFacts.ServedCertificate served = facts.certificate();
        if (served == null || wished.isEmpty()) {
            return;
        }
        if (!served.notAfter().equals(LeafCertificate.parse(wished.get()).validUntil())) {
            servers.reload(address);
        }
    }

    private static Usage usage(ServerFacts facts, Optional<Quantity> capacity) {
        @Nullable
        Long bytes = capacity.map(quantity -> quantity.getNumericalAmount().longValue())
                .orElse(null);
        return new Usage(facts.bytes(), bytes, facts.connections());
    }
}
