package dev.howdah.bench;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerManifests;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** When the API server first showed what a provision goes through. */
final class PhaseWatch implements AutoCloseable {
    enum Phase {
        ACCEPTED("accepted: the custom resource is there"),
        OBJECTS("objects written: the StatefulSet is there"),
        RUNNING("container runs"),
        SQL("SQL ready: Howdah has logged in"),
        POD_READY("pod ready"),
        READY("instance ready: database and roles are there");

        final String text;

        Phase(String text) {
            this.text = text;
        }
    }

    private record Key(Phase phase, String name) {}

    private final Map<Key, Long> seen = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<?>> informers;

    PhaseWatch(KubernetesClient client, String namespace) {
        informers = List.of(
                client.resources(PostgresInstance.class).inNamespace(namespace).inform(new First<>(this::instance)),
                client.resources(PostgresServer.class).inNamespace(namespace).inform(new First<>(this::server)),
                client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .inform(new First<>(
                                set -> note(Phase.OBJECTS, set.getMetadata().getName()))),
                client.pods().inNamespace(namespace).inform(new First<>(this::pod)));
    }

    /** As {@link System#nanoTime}; empty if it was not seen. */
    OptionalLong at(Phase phase, String name) {
        Long time = seen.get(new Key(phase, name));
        return time == null ? OptionalLong.empty() : OptionalLong.of(time);
    }

    private void note(Phase phase, String name) {
        seen.putIfAbsent(new Key(phase, name), System.nanoTime());
    }

    private void instance(PostgresInstance instance) {
        note(Phase.ACCEPTED, instance.getMetadata().getName());
        if (instance.getStatus() != null && isTrue(instance.getStatus().conditions(), "Ready")) {
            note(Phase.READY, instance.getMetadata().getName());
        }
    }

    private void server(PostgresServer server) {
        if (server.getStatus() != null && isTrue(server.getStatus().conditions(), "Ready")) {
            note(Phase.SQL, server.getMetadata().getName());
        }
    }

    private void pod(Pod pod) {
        String server = pod.getMetadata().getLabels() == null
                ? null
                : pod.getMetadata().getLabels().get(ServerManifests.SERVER_LABEL);
        if (server == null || pod.getStatus() == null) {
            return;
        }
        if (pod.getStatus().getContainerStatuses() != null
                && pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(container -> container.getState() != null
                                && container.getState().getRunning() != null)) {
            note(Phase.RUNNING, server);
        }
        if (pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"))) {
            note(Phase.POD_READY, server);
        }
    }

    private static boolean isTrue(@Nullable List<Condition> conditions, String type) {
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"));
    }

    private record First<T extends HasMetadata>(Consumer<T> look) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            look.accept(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            look.accept(object);
        }

        @Override
        public void onDelete(T object, boolean unknown) {}
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
