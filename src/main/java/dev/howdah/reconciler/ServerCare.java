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
import dev.howdah.reconciler.ServerCare.Look.Failed;
import dev.howdah.reconciler.ServerCare.Look.NotDue;
import dev.howdah.reconciler.ServerCare.Look.Seen;
import dev.howdah.workload.ServerConfiguration;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server that answers needs from time to time: settings in force, the certificate of its Secret, a look at its usage. */
final class ServerCare {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCare.class);

    /** How often usage and certificate of few servers are looked at. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Nobody but Howdah changes settings in a server; once in a while it makes sure. */
    private static final Duration TRUSTED = Duration.ofDays(1);

    /** When a new server is looked at first: not while somebody waits for its database. */
    static final Duration SOON = Duration.ofSeconds(10);

    /** What came of a look at a server. */
    sealed interface Look {
        /** Another look was not long ago. */
        record NotDue() implements Look {}

        record Seen(Usage usage) implements Look {}

        /** The server could not be asked. */
        record Failed() implements Look {}
    }

    private final PostgresServers servers;
    private final RecentChecks news;
    private final RecentChecks looks;
    private final RecentChecks settings;

    ServerCare(PostgresServers servers, Clock clock) {
        this.servers = servers;
        this.news = new RecentChecks(clock);
        this.looks = new RecentChecks(clock);
        this.settings = new RecentChecks(clock);
    }

    /** A server that has just been made started with the settings of its spec. */
    void startedWith(PostgresServer server, String incarnation) {
        String uid = server.getMetadata().getUid();
        settings.remember(uid, state(server, incarnation));
        news.remember(uid, uid);
    }

    /** How often a server is looked at: the more there are the more rarely. */
    Duration interval() {
        return looks.interval(INTERVAL);
    }

    boolean isNew(PostgresServer server) {
        String uid = server.getMetadata().getUid();
        return news.knows(uid, uid, SOON);
    }

    /** Has the server follow its spec, and gives the names of settings that wait for a restart. */
    Set<String> applySettings(PostgresServer server, String incarnation, ServerAddress address) {
        String uid = server.getMetadata().getUid();
        if (settings.knows(uid, state(server, incarnation), TRUSTED)) {
            return Set.of();
        }
        Set<String> waiting = waiting(servers.applySettings(address, reloadable(server)));
        if (waiting.isEmpty()) {
            settings.remember(uid, state(server, incarnation));
        }
        return waiting;
    }

    private static Set<String> waiting(ReloadOutcome outcome) {
        return switch (outcome) {
            case Unchanged _ -> Set.of();
            case InForce _ -> Set.of();
            case NeedsRestart(Set<String> _, Set<String> waiting) -> waiting;
        };
    }

    private static Object state(PostgresServer server, String incarnation) {
        return List.of(incarnation, reloadable(server));
    }

    private static Map<String, String> reloadable(PostgresServer server) {
        return ServerConfiguration.of(server.getSpec()).reloadable();
    }

    /** Looks at usage and certificate, if it is time to. */
    Look look(PostgresServer server, ServerAddress address, ServerChildren children) {
        String uid = server.getMetadata().getUid();
        if (isNew(server) || looks.knows(uid, address.host(), interval())) {
            return new NotDue();
        }
        looks.remember(uid, address.host());
        try {
            ServerFacts facts = servers.facts(address);
            followCertificate(address, facts, SecretContent.find(children.tlsSecret(), "tls.crt"));
            return new Seen(usage(facts, VolumeGrowth.capacity(children.volumeClaim())));
        } catch (PostgresException failure) {
            LOG.atDebug()
                    .addKeyValue("server", server.getMetadata().getName())
                    .setCause(failure)
                    .log("Usage not read");
            return new Failed();
        }
    }

    void forget(PostgresServer server) {
        news.forget(server.getMetadata().getUid());
        looks.forget(server.getMetadata().getUid());
        settings.forget(server.getMetadata().getUid());
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
