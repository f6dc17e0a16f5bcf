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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How Howdah logs in to a server as its administrator. */
final class ServerAccess {
    private final KubernetesClient client;
    private final AuthorityStore authorities;
    private final Reach reach;

    ServerAccess(KubernetesClient client, AuthorityStore authorities, Reach reach) {
        this.client = client;
        this.authorities = authorities;
        this.reach = reach;
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
