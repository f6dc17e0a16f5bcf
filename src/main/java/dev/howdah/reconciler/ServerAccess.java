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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How Howdah logs in to a server as its administrator. */
final class ServerAccess {
    /** The server's own reconciler knows of a new pod or password at once; this is for the case that it does not. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    private record Proven(ServerAddress address, Instant at) {}

    private final KubernetesClient client;
    private final AuthorityStore authorities;
    private final Reach reach;
    private final Clock clock;
    private final Map<String, Proven> proven = new ConcurrentHashMap<>();

    ServerAccess(KubernetesClient client, AuthorityStore authorities, Reach reach, Clock clock) {
        this.client = client;
        this.authorities = authorities;
        this.reach = reach;
        this.clock = clock;
    }

    /** A login there has succeeded: nobody has to ask the API server where the server is. */
    void proven(PostgresServer server, ServerAddress address) {
        proven.put(server.getMetadata().getUid(), new Proven(address, clock.instant()));
    }

    /** Where the server is now, as far as is known: what was proven elsewhere, or with another password, no longer is. */
    void seen(PostgresServer server, Optional<ServerAddress> address) {
        proven.computeIfPresent(
                server.getMetadata().getUid(),
                (_, login) -> address.filter(login.address()::equals).isPresent() ? login : null);
    }

    void forget(PostgresServer server) {
        proven.remove(server.getMetadata().getUid());
    }

    /** Certificate of the authority that signs servers' certificates, PEM. */
    String caCertificate() {
        return authorities.authority().trusted();
    }

    /** Empty as long as the server has no endpoint or no admin Secret. */
    Optional<ServerAddress> of(PostgresServer server) {
        Endpoint endpoint =
                server.getStatus() == null ? null : server.getStatus().endpoint();
        if (endpoint == null) {
            return Optional.empty();
        }
        return justProven(server).or(() -> asked(server, endpoint));
    }

    private Optional<ServerAddress> justProven(PostgresServer server) {
        return Optional.ofNullable(proven.get(server.getMetadata().getUid()))
                .filter(login -> clock.instant().isBefore(login.at().plus(PROVEN)))
                .map(Proven::address);
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
