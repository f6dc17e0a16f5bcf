package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresServer;
import dev.howdah.postgres.DatabaseName;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerAddress;
import dev.howdah.postgres.ServerBusyException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the role of a binding lives. */
sealed interface BindingTarget {
    /** The server answers, as far as is known. */
    record Usable(ResourceID server, ServerAddress address, Endpoint endpoint, DatabaseName database)
            implements BindingTarget {}

    record NotYet(Finding why) implements BindingTarget {}

    /** The instance or its server is gone or going, and the role with it. */
    record Gone() implements BindingTarget {}

    /** Finds the target of bindings of an instance. */
    final class Finder {
        private final KubernetesClient client;
        private final ServerAccess access;

        Finder(KubernetesClient client, ServerAccess access) {
            this.client = client;
            this.access = access;
        }

        /** @param instance null if there is none of that name */
        BindingTarget of(@Nullable PostgresInstance instance) {
            if (instance == null || instance.isMarkedForDeletion()) {
                return new Gone();
            }
            PostgresInstanceStatus status = InstanceStatuses.of(instance);
            String serverName = status.server();
            String database = status.database();
            if (serverName == null || database == null) {
                return new NotYet(Finding.bad("WaitingForInstance", "the instance has no server yet"));
            }
            ResourceID server =
                    new ResourceID(serverName, instance.getMetadata().getNamespace());
            DatabaseName name = new DatabaseName(database);
            return access.justProven(server)
                    .<BindingTarget>map(place -> new Usable(server, place.address(), place.endpoint(), name))
                    .orElseGet(() -> asked(server, name));
        }

        /** Something went wrong there; a server that is only busy is where it was. */
        void doubt(Usable target, PostgresException failure) {
            if (!(failure instanceof ServerBusyException)) {
                access.forget(target.server());
            }
        }

        private BindingTarget asked(ResourceID id, DatabaseName database) {
            PostgresServer server = client.resources(PostgresServer.class)
                    .inNamespace(id.getNamespace().orElseThrow())
                    .withName(id.getName())
                    .get();
            if (server == null || server.isMarkedForDeletion()) {
                return new Gone();
            }
            Optional<ServerAddress> address = access.of(server);
            Endpoint endpoint = ServerStatuses.of(server).endpoint();
            return address.isEmpty() || endpoint == null
                    ? new NotYet(Finding.bad("WaitingForInstance", "the server has no address yet"))
                    : new Usable(id, address.get(), endpoint, database);
        }
    }
}
