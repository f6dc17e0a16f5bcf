package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes an instance away: its bindings, then its server, then the last trace of it. */
final class InstanceTeardown {
    static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final ServerClaim claim = new ServerClaim();
    private final Tombstones tombstones;

    InstanceTeardown(KubernetesClient client, Tombstones tombstones) {
        this.client = client;
        this.tombstones = tombstones;
    }

    /** Deletes what is still there. @return what it waits for; empty when nothing is left */
    Optional<String> remaining(PostgresInstance instance, Context<PostgresInstance> context) {
        List<PostgresBinding> bindings =
                context.getSecondaryResourcesAsStream(PostgresBinding.class).toList();
        delete(bindings);
        Optional<PostgresServer> server = claim.find(instance, context);
        delete(server.stream().toList());
        if (!bindings.isEmpty()) {
            return Optional.of("its bindings are being removed");
        }
        return server.isPresent() ? server.map(InstanceTeardown::waitingFor) : unseen(instance);
    }

    /** Remembers that this instance existed and is gone, for a platform that asks late. */
    void bury(PostgresInstance instance) {
        if (instance.getSpec().request() != null) {
            tombstones.add(instance);
        }
    }

    /** The informers may be behind a binding or a server that was made just before the deletion. */
    private Optional<String> unseen(PostgresInstance instance) {
        List<PostgresBinding> bound = client
                .resources(PostgresBinding.class)
                .inNamespace(instance.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(binding -> binding.getSpec()
                        .instanceRef()
                        .equals(instance.getMetadata().getName()))
                .toList();
        delete(bound);
        if (!bound.isEmpty()) {
            return Optional.of("its bindings are being removed");
        }
        List<PostgresServer> left = client
                .resources(PostgresServer.class)
                .inNamespace(instance.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(server -> Owners.isClaimedBy(server, instance))
                .toList();
        delete(left);
        return left.isEmpty() ? Optional.empty() : Optional.of(waitingFor(left.getFirst()));
    }

    private void delete(List<? extends HasMetadata> resources) {
        resources.stream()
                .filter(resource -> !resource.isMarkedForDeletion())
                .forEach(resource -> client.resource(resource).delete());
    }

    private static String waitingFor(PostgresServer server) {
        Finding deleting = Conditions.finding(
                ServerStatuses.of(server).conditions(),
                Conditions.READY,
                Finding.bad("Deleting", "the server is being removed"));
        return "Deleting".equals(deleting.reason())
                ? deleting.message()
                : "the server " + ServerNames.of(server).server() + " is being removed";
    }
}
