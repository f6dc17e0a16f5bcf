package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresServer;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.postgres.Reachability;
import dev.howdah.postgres.Reachability.Accepting;
import dev.howdah.postgres.Reachability.Refused;
import dev.howdah.postgres.Reachability.StartingUp;
import dev.howdah.postgres.Reachability.Unreachable;
import dev.howdah.postgres.ServerAddress;
import dev.howdah.reconciler.ServerAccess.Place;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whether a server answers SQL: the only proof is a login that succeeds. */
final class ServerLogin {
    /** A login that succeeded counts so long, as long as the pod says that it is ready; then it is tried again. */
    private static final Duration TRUSTED = Duration.ofMinutes(6);

    /** Where looks are rarer than that, the next one is waited for: it says the same. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    /** The readiness probe of a server that has just let Howdah in comes this much later at most. */
    private static final Duration UNTIL_PROBED = Duration.ofSeconds(3);

    /** So long initdb and the first start take at most, as a rule; somebody waits for them. */
    private static final Duration FIRST_START = Duration.ofSeconds(6);

    /** So many new servers are waited for one by one, each for a part of a second; more of them are tried in turns. */
    private static final int FEW = 4;

    private static final Duration PATIENCE = Duration.ofMillis(400);

    /** What came of it; {@code version} is null when nothing new was asked. */
    record Result(Finding ready, @Nullable String version) {}

    private final PostgresServers servers;
    private final ServerAccess access;
    private final RecentChecks checks;
    private final Set<String> starting = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    ServerLogin(PostgresServers servers, ServerAccess access, Clock clock) {
        this.servers = servers;
        this.access = access;
        this.checks = new RecentChecks(clock);
        this.clock = clock;
    }

    /**
     * Only for a pod whose container runs.
     *
     * @param looks how often the server is looked at, which is a login too
     */
    Result attempt(
            PostgresServer server,
            Pod pod,
            Optional<Endpoint> endpoint,
            Optional<ServerAddress> address,
            Duration looks) {
        if (endpoint.isEmpty()) {
            return new Result(
                    Finding.bad("WaitingForEndpoint", "the cluster has not given the server an address yet"), null);
        }
        Object state = Pods.incarnation(pod) + endpoint.get();
        String uid = server.getMetadata().getUid();
        Duration trusted = TRUSTED.compareTo(looks) > 0 ? TRUSTED : looks.plus(BETWEEN_LOOKS);
        boolean known = Pods.isReady(pod)
                ? checks.knows(uid, state, trusted)
                // What has just been found out has to be in the status first.
                : ServerStatuses.isReady(server) && checks.knows(uid, state, UNTIL_PROBED);
        if (known) {
            return new Result(Finding.good("Ready", "the server answers SQL"), null);
        }
        Result result = address.map(target -> tried(server, pod, new Place(target, endpoint.get())))
                .orElse(new Result(Finding.bad("WaitingForEndpoint", "the pod has no address yet"), null));
        if (result.ready().good()) {
            checks.remember(uid, state);
            starting.remove(uid);
        } else {
            starting.add(uid);
        }
        return result;
    }

    private Result tried(PostgresServer server, Pod pod, Place place) {
        boolean awaited = running(pod).compareTo(FIRST_START) < 0;
        Duration patience = starting.size() <= FEW ? PATIENCE : Duration.ZERO;
        Result result = result(awaited ? servers.await(place.address(), patience) : servers.probe(place.address()));
        if (result.ready().good()) {
            access.proven(server, place);
        } else {
            access.forget(server);
        }
        return result;
    }

    /** Somebody else has just logged in to the server that this pod runs. */
    void confirm(PostgresServer server, Pod pod, Endpoint endpoint) {
        checks.remember(server.getMetadata().getUid(), Pods.incarnation(pod) + endpoint);
    }

    /** Somebody else could not log in: the next round tries itself. */
    void doubt(PostgresServer server) {
        checks.forget(server.getMetadata().getUid());
    }

    void forget(PostgresServer server) {
        checks.forget(server.getMetadata().getUid());
        starting.remove(server.getMetadata().getUid());
    }

    /** Soon after the start quickly, then more and more slowly: PostgreSQL needs half a second or, to recover, an hour. */
    Duration retryDelay(Pod pod) {
        return retryDelay(running(pod), starting.size());
    }

    private Duration running(Pod pod) {
        Instant now = clock.instant();
        return Duration.between(Pods.startedAt(pod, now), now);
    }

    /** @param starting how many servers are tried: together they must not keep a processor busy */
    static Duration retryDelay(Duration running, int starting) {
        if (running.compareTo(Duration.ofSeconds(30)) > 0) {
            return Duration.ofSeconds(2);
        }
        long patient = running.compareTo(FIRST_START) < 0 ? 0 : running.toMillis() / 20;
        return Duration.ofMillis(Math.clamp(Math.max(patient, 10L * starting), 25, 500));
    }

    private static Result result(Reachability reachability) {
        return switch (reachability) {
            case Accepting(String version) -> new Result(Finding.good("Ready", "the server answers SQL"), version);
            case StartingUp(String why) -> new Result(Finding.bad("Starting", "the server starts: " + why), null);
            case Unreachable(String why) ->
                new Result(Finding.bad("Unreachable", "the server does not answer yet: " + why), null);
            case Refused(String why) ->
                new Result(Finding.bad("LoginRefused", "the server refuses Howdah: " + why), null);
        };
    }
}
