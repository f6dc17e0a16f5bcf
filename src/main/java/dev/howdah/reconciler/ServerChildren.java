package dev.howdah.reconciler;

import dev.howdah.crd.LeanStore;
import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of one server as the informers know them, each with what was just applied to it. */
final class ServerChildren {
    /** Every kind of object that a server consists of; each is watched. */
    static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Secret.class,
            ConfigMap.class,
            PersistentVolumeClaim.class,
            Service.class,
            NetworkPolicy.class,
            StatefulSet.class,
            Pod.class);

    /** Keeps of each object what is compared or read, and of what all servers have alike one copy. */
    static <T extends HasMetadata> LeanStore<T> store() {
        return new LeanStore<>(object -> {
            switch (object) {
                // The spec is the StatefulSet's, which is here too.
                case Pod pod -> pod.setSpec(null);
                case ConfigMap files when files.getData() != null -> share(files.getData());
                case Secret secret when secret.getData() != null -> share(secret.getData());
                default -> {}
            }
            return object;
        });
    }

    private static void share(Map<String, String> texts) {
        texts.replaceAll((_, text) -> text.intern());
    }

    private record Key(String kind, String name) {
        static Key of(HasMetadata object) {
            return new Key(object.getKind(), object.getMetadata().getName());
        }
    }

    private final ServerNames names;
    private final Map<Key, HasMetadata> objects;

    private ServerChildren(ServerNames names, Map<Key, HasMetadata> objects) {
        this.names = names;
        this.objects = objects;
    }

    static ServerChildren of(PostgresServer server, Context<PostgresServer> context) {
        Map<Key, HasMetadata> objects = new HashMap<>();
        for (Class<? extends HasMetadata> kind : KINDS) {
            context.getSecondaryResourcesAsStream(kind).forEach(object -> objects.put(Key.of(object), object));
        }
        return new ServerChildren(ServerNames.of(server), objects);
    }

    ServerChildren with(List<HasMetadata> applied) {
        Map<Key, HasMetadata> all = new HashMap<>(objects);
        applied.forEach(object -> all.put(Key.of(object), object));
        return new ServerChildren(names, all);
    }

    /** The object of the same kind and name, or null. */
    @Nullable
    HasMetadata counterpart(HasMetadata wished) {
        return objects.get(Key.of(wished));
    }

    /** Which version of which object there is; the pod's, which changes all the time, is left out. */
    Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        objects.forEach((key, object) -> {
            if (!(object instanceof Pod)) {
                versions.put(key.toString(), object.getMetadata().getResourceVersion());
            }
        });
        return versions;
    }

    List<HasMetadata> all() {
        return List.copyOf(objects.values());
    }

    @Nullable
    Secret adminSecret() {
        return (Secret) objects.get(new Key("Secret", names.adminSecret()));
    }

    @Nullable
    Secret tlsSecret() {
        return (Secret) objects.get(new Key("Secret", names.tlsSecret()));
    }

    @Nullable
    PersistentVolumeClaim volumeClaim() {
        return (PersistentVolumeClaim) objects.get(new Key("PersistentVolumeClaim", names.persistentVolumeClaim()));
    }

    @Nullable
    Service clientService() {
        return (Service) objects.get(new Key("Service", names.clientService()));
    }

    @Nullable
    StatefulSet statefulSet() {
        return (StatefulSet) objects.get(new Key("StatefulSet", names.statefulSet()));
    }

    @Nullable
    Pod pod() {
        return (Pod) objects.get(new Key("Pod", names.pod()));
    }
}
