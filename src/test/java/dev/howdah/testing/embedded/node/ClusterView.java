package dev.howdah.testing.embedded.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the API server has, kept up to date by watches, of every kind that matters here. */
final class ClusterView implements AutoCloseable {
    private static final List<Class<? extends HasMetadata>> BUILT_IN = List.of(
            StatefulSet.class,
            Pod.class,
            PersistentVolumeClaim.class,
            Service.class,
            Secret.class,
            ConfigMap.class,
            NetworkPolicy.class,
            PodDisruptionBudget.class);

    private final Map<String, SharedIndexInformer<? extends HasMetadata>> informers = new LinkedHashMap<>();
    private final Consumer<Change> listener;

    /** @param removed whether the object is gone; it is then as it was last */
    record Change(HasMetadata object, boolean removed) {}

    ClusterView(KubernetesClient client, List<ResourceDefinitionContext> customResources, Consumer<Change> listener) {
        this.listener = listener;
        for (Class<? extends HasMetadata> type : BUILT_IN) {
            informers.put(HasMetadata.getKind(type), informer(client, type));
        }
        for (ResourceDefinitionContext type : customResources) {
            informers.put(
                    type.getKind(),
                    client.genericKubernetesResources(type)
                            .inAnyNamespace()
                            .runnableInformer(0)
                            .addEventHandler(handler()));
        }
    }

    private <T extends HasMetadata> SharedIndexInformer<T> informer(KubernetesClient client, Class<T> type) {
        return client.resources(type).inAnyNamespace().runnableInformer(0).addEventHandler(handler());
    }

    private <T extends HasMetadata> ResourceEventHandler<T> handler() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                listener.accept(new Change(object, false));
            }

            @Override
            public void onUpdate(T before, T object) {
                listener.accept(new Change(object, false));
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                listener.accept(new Change(object, true));
            }
        };
    }

    /** Returns when everything that is there has been seen. */
    void start() {
        informers.values().stream()
                .map(SharedIndexInformer::start)
                .toList()
                .forEach(started -> started.toCompletableFuture().join());
    }

    <T extends HasMetadata> Optional<T> find(Class<T> type, String key) {
        return Optional.ofNullable(
                        informer(HasMetadata.getKind(type)).getStore().getByKey(key))
                .map(type::cast);
    }

    <T extends HasMetadata> Stream<T> list(Class<T> type, String namespace) {
        return informer(HasMetadata.getKind(type)).getStore().list().stream()
                .filter(object -> namespace.equals(object.getMetadata().getNamespace()))
                .map(type::cast);
    }

    /** Every object that this one owns. */
    List<HasMetadata> dependentsOf(String uid) {
        return all().filter(object -> object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(uid)))
                .toList();
    }

    Optional<HasMetadata> byUid(String uid) {
        return all().filter(object -> object.getMetadata().getUid().equals(uid)).findFirst();
    }

    boolean has(String kind, String uid) {
        return informers.containsKey(kind)
                && informer(kind).getStore().list().stream()
                        .anyMatch(object -> object.getMetadata().getUid().equals(uid));
    }

    boolean knows(String kind) {
        return informers.containsKey(kind);
    }

    private Stream<HasMetadata> all() {
        return informers.values().stream().<HasMetadata>flatMap(informer -> informer.getStore().list().stream());
    }

    private SharedIndexInformer<? extends HasMetadata> informer(String kind) {
        SharedIndexInformer<? extends HasMetadata> informer = informers.get(kind);
        if (informer == null) {
            throw new IllegalArgumentException("Not watched: " + kind);
        }
        return informer;
    }

    static String key(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    @Override
    public void close() {
        informers.values().forEach(SharedIndexInformer::stop);
    }
}
