package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.postgres.RoleName;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which login roles of bindings there are on the servers, and which there should be. Changes nothing. */
public final class RolesOnServers {
    /** Label of the Secrets with the credentials of bindings. */
    public static final String SECRET_LABEL = Labels.BINDING;

    /** Label of volumes that were kept when their server was deleted. */
    public static final String RETAINED_LABEL = Labels.RETAINED;

    private final KubernetesClient client;
    private final String namespace;
    private final PostgresServers servers;
    private final ServerAccess access;

    RolesOnServers(KubernetesClient client, String namespace, PostgresServers servers, ServerAccess access) {
        this.client = client;
        this.namespace = namespace;
        this.servers = servers;
        this.access = access;
    }

    /** Of the custom resources and all that belongs to them. */
    public String namespace() {
        return namespace;
    }

    /** The role of a binding, whether it is there or not. */
    public String expected(PostgresBinding binding) {
        return DatabaseNaming.role(binding).value();
    }

    /** The roles that are there; empty if the instance has no database yet or its server cannot be asked. */
    public Optional<Set<String>> found(PostgresInstance instance) {
        String server = InstanceStatuses.of(instance).server();
        if (server == null || InstanceStatuses.of(instance).database() == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(client.resources(PostgresServer.class)
                        .inNamespace(namespace)
                        .withName(server)
                        .get())
                .flatMap(access::of)
                .flatMap(address -> {
                    try {
                        return Optional.of(servers.loginRoles(address, DatabaseNaming.database(instance)).stream()
                                .map(RoleName::value)
                                .collect(Collectors.toSet()));
                    } catch (PostgresException away) {
                        return Optional.empty();
                    }
                });
    }
}
