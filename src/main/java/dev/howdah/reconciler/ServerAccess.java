package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresServer;
import dev.howdah.postgres.ServerAddress;
import dev.howdah.reconciler.ReconcilerSettings.Reach;
import dev.howdah.tls.AuthorityStore;
import dev.howdah.workload.ServerManifests;
import dev.howdah.workload.ServerNames;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How Howdah logs in to a server as its administrator. */
final class ServerAccess {
    /** The server's own reconciler knows of a new pod or password at once; this is for the case that it does not. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    /** Where a server is, inside of the cluster for Howdah and for its clients. */
    record Place(ServerAddress address, Endpoint endpoint) {}

    private record Proven(String uid, Place place, Instant at) {
        boolean isOf(PostgresServer server) {
            return uid.equals(server.getMetadata().getUid());
        }
    }

    private final KubernetesClient client;
    private final AuthorityStore authorities;
    private final Reach reach;
    private final Clock clock;
    private final Map<ResourceID, Proven> proven = new ConcurrentHashMap<>();
    private volatile Consumer<PostgresServer> listener = _ -> {};

    ServerAccess(KubernetesClient client, AuthorityStore authorities, Reach reach, Clock clock) {
        this.client = client;
        this.authorities = authorities;
        this.reach = reach;
        this.clock = clock;
    }

    /** @param told of each server whose login has succeeded though its status does not say so yet */
    void begin(Consumer<PostgresServer> told) {
        proven.clear();
        listener = told;
    }

    /** A login there has succeeded: nobody has to ask the API server where the server is. */
    void proven(PostgresServer server, Place place) {
        proven.put(
                ResourceID.fromResource(server), new Proven(server.getMetadata().getUid(), place, clock.instant()));
        if (!ServerStatuses.isReady(server)) {
            listener.accept(server);
        }
    }

    /** Another login there has succeeded. Where clients find the server, only its own reconciler knows. */
    void provenAgain(PostgresServer server, ServerAddress address) {
        proven.computeIfPresent(
                ResourceID.fromResource(server),
                (_, login) -> login.isOf(server) && login.place().address().equals(address)
                        ? new Proven(login.uid(), login.place(), clock.instant())
                        : login);
    }

    /** Where the server is now, as far as is known: what was proven elsewhere, or with another password, no longer is. */
    void seen(PostgresServer server, Optional<Place> place) {
        proven.computeIfPresent(
                ResourceID.fromResource(server),
                (_, login) -> place.filter(login.place()::equals).isPresent() ? login : null);
    }

    void forget(PostgresServer server) {
        forget(ResourceID.fromResource(server));
    }

    void forget(ResourceID server) {
        proven.remove(server);
    }

    /** Certificate of the authority that signs servers' certificates, PEM. */
    String caCertificate() {
        return authorities.authority().trusted();
    }

    /** Empty as long as nobody has logged in and the server has no endpoint or no admin Secret. */
    Optional<ServerAddress> of(PostgresServer server) {
        return justProven(server).map(Place::address).or(() -> asked(server));
    }

    /** Where a login has succeeded within the last minute. */
    Optional<Place> justProven(PostgresServer server) {
        return recent(ResourceID.fromResource(server))
                .filter(login -> login.isOf(server))
                .map(Proven::place);
    }

    /** Where a login to the server of this name has succeeded within the last minute. */
    Optional<Place> justProven(ResourceID server) {
        return recent(server).map(Proven::place);
    }

    private Optional<Proven> recent(ResourceID server) {
        return Optional.ofNullable(proven.get(server))
                .filter(login -> clock.instant().isBefore(login.at().plus(PROVEN)));
    }

    private Optional<ServerAddress> asked(PostgresServer server) {
        Endpoint endpoint = ServerStatuses.of(server).endpoint();
        return endpoint == null ? Optional.empty() : asked(server, endpoint);
    }

    private Optional<ServerAddress> asked(PostgresServer server, Endpoint endpoint) {
        ServerNames names = ServerNames.of(server);
        String namespace = server.getMetadata().getNamespace();
        Secret admin = client.secrets()
                .inNamespace(namespace)
                .withName(names.adminSecret())
                .get();
        Pod pod = reach == Reach.POD
                ? client.pods().inNamespace(namespace).withName(names.pod()).get()
                : null;
        return of(endpoint, pod, admin);
    }

    Optional<ServerAddress> of(Endpoint endpoint, @Nullable Pod pod, @Nullable Secret admin) {
        return SecretContent.find(admin, "password")
                .flatMap(password -> target(endpoint, pod)
                        .map(target -> new ServerAddress(
                                target.host(), target.port(), ServerManifests.ADMIN, password, caCertificate())));
    }

    private Optional<Endpoint> target(Endpoint endpoint, @Nullable Pod pod) {
        return reach == Reach.ENDPOINT
                ? Optional.of(endpoint)
                : Optional.ofNullable(pod)
                        .map(Pod::getStatus)
                        .map(status -> status.getPodIP())
                        .map(address -> new Endpoint(address, ServerManifests.PORT));
    }
}
