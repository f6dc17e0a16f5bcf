package dev.howdah.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Set;

/** Collects the ids of all containers that ever ran in a pod. */
record PodSeen(Set<String> containers) implements ResourceEventHandler<Pod> {
    static PodSeen collecting(Set<String> containers) {
        return new PodSeen(containers);
    }

    @Override
    public void onAdd(Pod pod) {
        pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getContainerID() != null)
                .forEach(status -> containers.add(status.getContainerID()));
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
        onAdd(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean unknown) {
        onAdd(pod);
    }
}
