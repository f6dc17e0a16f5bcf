package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.postgres.DatabaseName;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.postgres.RoleName;
import dev.howdah.postgres.ServerAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops login roles that were made for a binding which is gone. A leader that was stopped in the middle of a bind, and goes on
 * when another leader has long since removed the binding, leaves one: nobody could revoke these credentials.
 */
final class StrayRoles {
    private static final Logger LOG = LoggerFactory.getLogger(StrayRoles.class);

    private final PostgresServers servers;
    private final KubernetesClient client;

    StrayRoles(PostgresServers servers, KubernetesClient client) {
        this.servers = servers;
        this.client = client;
    }

    /**
     * @param found the roles that are marked as bindings of the database
     * @param seen the instance's bindings as the informer knows them, which may be too few
     */
    void remove(
            PostgresInstance instance,
            ServerAddress address,
            DatabaseName database,
            Set<RoleName> found,
            Stream<PostgresBinding> seen) {
        Set<RoleName> strays = new HashSet<>(found);
        strays.removeAll(roles(seen));
        if (strays.isEmpty()) {
            return;
        }
        // Read after the roles: what has a role by then, and no binding now, has lost it. This holds for a leader of
        // yesterday too.
        strays.removeAll(roles(bindings(instance)));
        for (RoleName role : strays) {
            LOG.atWarn()
                    .addKeyValue("instance", instance.getMetadata().getName())
                    .addKeyValue("role", role.value())
                    .log("Dropping a role that no binding stands for");
            servers.dropLoginRole(address, role, database);
        }
    }

    private Stream<PostgresBinding> bindings(PostgresInstance instance) {
        String name = instance.getMetadata().getName();
        return client
                .resources(PostgresBinding.class)
                .inNamespace(instance.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(binding -> binding.getSpec().instanceRef().equals(name));
    }

    private static Set<RoleName> roles(Stream<PostgresBinding> bindings) {
        return bindings.map(DatabaseNaming::role).collect(Collectors.toSet());
    }
}
