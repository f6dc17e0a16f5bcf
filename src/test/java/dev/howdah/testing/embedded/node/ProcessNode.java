package dev.howdah.testing.embedded.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The node, and the controllers of the cluster around it. Everything it knows comes from watches. */
public final class ProcessNode implements AutoCloseable {
    private final ClusterView view;
    private final StatefulSetController statefulSets;
    private final VolumeProvisioner volumes;
    private final GarbageCollector garbage;
    private final Kubelet kubelet;
    private final WorkQueue sets;
    private final WorkQueue claims;
    private final WorkQueue orphans;

    private ProcessNode(KubernetesClient client, List<ResourceDefinitionContext> customResources, Path root) {
        view = new ClusterView(client, customResources, this::changed);
        statefulSets = new StatefulSetController(client, view);
        volumes = new VolumeProvisioner(client, view, root.resolve("c"));
        garbage = new GarbageCollector(client, view);
        kubelet = new Kubelet(client, view, volumes, root);
        sets = new WorkQueue(statefulSets::reconcile);
        claims =
                new WorkQueue(key -> view.find(PersistentVolumeClaim.class, key).ifPresent(volumes::changed));
        orphans = new WorkQueue(uid -> view.byUid(uid).ifPresent(garbage::changed));
    }

    /**
     * Starts it; returns when it has seen what is there.
     *
     * @param customResources kinds whose objects own others, for garbage collection
     * @param root folder for all volumes; its path is short
     */
    public static ProcessNode start(
            KubernetesClient client, List<ResourceDefinitionContext> customResources, Path root) {
        var node = new ProcessNode(client, customResources, root);
        node.view.start();
        return node;
    }

    /** The file with the output of a pod's container, while the pod exists. */
    public Optional<Path> log(String namespace, String pod) {
        return kubelet.log(namespace + "/" + pod);
    }

    /** As a node does that hangs: what runs goes on, nothing is begun or ended. */
    public void pause() {
        kubelet.pause();
    }

    /** The node is well again. */
    public void resume() {
        kubelet.resume();
    }

    private void changed(ClusterView.Change change) {
        HasMetadata object = change.object();
        String key = ClusterView.key(object);
        switch (object) {
            case StatefulSet set -> sets.add(key);
            case Pod pod -> podChanged(pod, key, change.removed());
            case PersistentVolumeClaim claim -> claimChanged(claim, key, change.removed());
            case ConfigMap map -> podsOf(map);
            case Secret secret -> podsOf(secret);
            case Service service -> podsOf(service);
            default -> {}
        }
        collect(object, change.removed());
    }

    private void podChanged(Pod pod, String key, boolean removed) {
        kubelet.changed(key);
        StatefulSetController.ownerKey(pod).ifPresent(sets::add);
        if (removed) {
            VolumeProvisioner.claimsOf(pod)
                    .forEach(claim -> claims.add(pod.getMetadata().getNamespace() + "/" + claim));
        }
    }

    private void claimChanged(PersistentVolumeClaim claim, String key, boolean removed) {
        if (removed) {
            volumes.removed(claim);
        } else {
            claims.add(key);
        }
        podsOf(claim);
    }

    private void podsOf(HasMetadata object) {
        view.list(Pod.class, object.getMetadata().getNamespace())
                .map(ClusterView::key)
                .forEach(kubelet::changed);
    }

    private void collect(HasMetadata object, boolean removed) {
        if (removed) {
            view.dependentsOf(object.getMetadata().getUid())
                    .forEach(dependent -> orphans.add(dependent.getMetadata().getUid()));
            object.getMetadata().getOwnerReferences().forEach(owner -> orphans.add(owner.getUid()));
        } else if (object.isMarkedForDeletion()
                || !object.getMetadata().getOwnerReferences().isEmpty()) {
            orphans.add(object.getMetadata().getUid());
        }
    }

    @Override
    public void close() {
        view.close();
        List.of(sets, claims, orphans).forEach(WorkQueue::close);
        kubelet.close();
    }
}
