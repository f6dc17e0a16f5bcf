package dev.howdah.drift;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import dev.howdah.drift.Inventory.RolesOfInstance;
import dev.howdah.reconciler.RolesOnServers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Reads the inventory from the API server and from every server. Writes nothing. */
final class Census {
    /** How many servers are asked at once. */
    private static final int AT_ONCE = 16;

    private static final List<Class<? extends HasMetadata>> PARTS = List.of(
            StatefulSet.class,
            Pod.class,
            PersistentVolumeClaim.class,
            Service.class,
            ConfigMap.class,
            Secret.class,
            NetworkPolicy.class);

    private final KubernetesClient client;
    private final String namespace;
    private final RolesOnServers servers;

    Census(KubernetesClient client, String namespace, RolesOnServers servers) {
        this.client = client;
        this.namespace = namespace;
        this.servers = servers;
    }

    Inventory take() {
        List<PostgresBinding> before = all(PostgresBinding.class);
        List<RolesOfInstance> roles = roles(before);
        List<HasMetadata> parts = PARTS.stream()
                .flatMap(kind -> labelled(kind, DriftCheck.SERVER_LABEL))
                .toList();
        List<HasMetadata> secrets =
                labelled(Secret.class, RolesOnServers.SECRET_LABEL).toList();
        List<HasMetadata> retained = labelled(PersistentVolumeClaim.class, RolesOnServers.RETAINED_LABEL)
                .toList();
        List<PostgresBinding> bindings = all(PostgresBinding.class);
        List<PostgresServer> owners = all(PostgresServer.class);
        return new Inventory(
                secrets, parts, retained, bindings, owners, all(PostgresInstance.class), known(roles, bindings));
    }

    /** What was bound or unbound while the servers were asked is no drift. */
    private List<RolesOfInstance> known(List<RolesOfInstance> roles, List<PostgresBinding> after) {
        List<String> still = after.stream()
                .filter(CredentialsCheck::isReady)
                .map(servers::expected)
                .toList();
        return roles.stream()
                .map(of -> new RolesOfInstance(
                        of.instance(),
                        of.found(),
                        of.expected().stream().filter(still::contains).toList(),
                        Stream.concat(of.known().stream(), after.stream().map(servers::expected))
                                .toList()))
                .toList();
    }

    private List<RolesOfInstance> roles(List<PostgresBinding> bindings) {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("drift-", 0).factory())) {
            List<CompletableFuture<Optional<RolesOfInstance>>> asked = all(PostgresInstance.class).stream()
                    .filter(instance -> !instance.isMarkedForDeletion())
                    .map(instance -> CompletableFuture.supplyAsync(() -> roles(instance, bindings), threads))
                    .toList();
            return asked.stream().flatMap(answer -> answer.join().stream()).toList();
        }
    }

    private Optional<RolesOfInstance> roles(PostgresInstance instance, List<PostgresBinding> bindings) {
        List<PostgresBinding> own = bindings.stream()
                .filter(binding -> DriftCheck.isOf(binding, instance))
                .toList();
        return servers.found(instance)
                .map(found -> new RolesOfInstance(
                        instance.getMetadata().getName(),
                        List.copyOf(found),
                        own.stream()
                                .filter(CredentialsCheck::isReady)
                                .map(servers::expected)
                                .toList(),
                        own.stream().map(servers::expected).toList()));
    }

    private Stream<HasMetadata> labelled(Class<? extends HasMetadata> kind, String label) {
        return client.resources(kind).inNamespace(namespace).withLabel(label).list().getItems().stream()
                .map(HasMetadata.class::cast);
    }

    private <T extends HasMetadata> List<T> all(Class<T> kind) {
        return client.resources(kind).inNamespace(namespace).list().getItems();
    }
}
