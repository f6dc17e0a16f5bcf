package dev.howdah.workload;

import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Kubernetes objects of one server, complete and in the order to apply them (server-side apply, field manager
 * {@value #FIELD_MANAGER}). The same input gives equal objects.
 *
 * @param networkPolicy absent when the settings switch it off
 */
public record ServerManifests(
        Secret adminSecret,
        Secret tlsSecret,
        ConfigMap configMap,
        PersistentVolumeClaim volumeClaim,
        Service clientService,
        Service headlessService,
        StatefulSet statefulSet,
        @Nullable NetworkPolicy networkPolicy) {

    public static final String FIELD_MANAGER = "howdah";

    /** Label of every object of a server; its value is the name of the PostgresServer. */
    public static final String SERVER_LABEL = "howdah.dev/server";

    /** Annotation of the pod template: changes exactly when a changed configuration needs a restart. */
    public static final String RESTART_HASH = "howdah.dev/restart-hash";

    /** Name of the superuser that Howdah administers a server with. */
    public static final String ADMIN = "howdah";

    /** Port of every server inside the cluster. */
    public static final int PORT = 5432;

    /** Name of the pod's only container. */
    public static final String CONTAINER = "postgres";

    /**
     * @throws IllegalArgumentException if the server's name, a quantity, a setting or an option of initdb cannot be;
     *     the message names the field
     */
    public static ServerManifests of(PostgresServer server, ServerSecrets secrets, WorkloadSettings settings) {
        ServerObjects objects = new ServerObjects(server, settings);
        ConfigurationFiles files = ConfigurationFiles.of(server.getSpec());
        return new ServerManifests(
                objects.adminSecret(secrets),
                objects.tlsSecret(secrets),
                objects.configMap(files),
                objects.volumeClaim(),
                objects.clientService(),
                objects.headlessService(),
                objects.statefulSet(files),
                settings.networkPolicy().enabled() ? objects.networkPolicy() : null);
    }

    /** All objects, in the order to apply them. */
    public List<HasMetadata> all() {
        return Stream.<@Nullable HasMetadata>of(
                        adminSecret,
                        tlsSecret,
                        configMap,
                        volumeClaim,
                        clientService,
                        headlessService,
                        networkPolicy,
                        statefulSet)
                .filter(Objects::nonNull)
                .map(HasMetadata.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return "ServerManifests[" + statefulSet.getMetadata().getName() + "]";
    }
}
