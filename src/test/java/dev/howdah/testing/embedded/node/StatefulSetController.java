package dev.howdah.testing.embedded.node;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the one pod of every StatefulSet as its template says. */
final class StatefulSetController {
    static final String NODE = "process-node";
    private static final String REVISION = "controller-revision-hash";

    private final KubernetesClient client;
    private final ClusterView view;

    StatefulSetController(KubernetesClient client, ClusterView view) {
        this.client = client;
        this.view = view;
    }

    void reconcile(String key) {
        Optional<StatefulSet> found = view.find(StatefulSet.class, key).filter(each -> !each.isMarkedForDeletion());
        if (found.isEmpty()) {
            return;
        }
        StatefulSet set = found.get();
        String revision = set.getMetadata().getName() + "-"
                + Integer.toHexString(client.getKubernetesSerialization()
                        .asJson(set.getSpec().getTemplate())
                        .hashCode());
        Pod pod = view.find(Pod.class, key + "-0").orElse(null);
        if (set.getSpec().getReplicas() > 0 && pod == null) {
            create(set, revision);
        } else if (pod != null && !pod.isMarkedForDeletion() && isUnwanted(set, pod, revision)) {
            client.resource(pod).delete();
        }
        report(set, pod, revision);
    }

    private static boolean isUnwanted(StatefulSet set, Pod pod, String revision) {
        return set.getSpec().getReplicas() == 0
                || !revision.equals(pod.getMetadata().getLabels().get(REVISION));
    }

    private void create(StatefulSet set, String revision) {
        String name = set.getMetadata().getName();
        var template = set.getSpec().getTemplate();
        Pod pod = new PodBuilder()
                .withNewMetadataLike(template.getMetadata())
                .withName(name + "-0")
                .withNamespace(set.getMetadata().getNamespace())
                .addToLabels(REVISION, revision)
                .addToLabels("statefulset.kubernetes.io/pod-name", name + "-0")
                .addToLabels("apps.kubernetes.io/pod-index", "0")
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("apps/v1")
                        .withKind("StatefulSet")
                        .withName(name)
                        .withUid(set.getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build())
                .endMetadata()
                .withNewSpecLike(template.getSpec())
                .withNodeName(NODE)
                .withHostname(name + "-0")
                .endSpec()
                .build();
        try {
            client.resource(pod).create();
        } catch (KubernetesClientException e) {
            // The watch has not shown the last pod, or the end of the last one, yet.
            if (e.getCode() != 409) {
                throw e;
            }
        }
    }

    private void report(StatefulSet set, @Nullable Pod pod, String revision) {
        boolean current = pod != null
                && !pod.isMarkedForDeletion()
                && revision.equals(pod.getMetadata().getLabels().get(REVISION));
        int ready = pod != null && !pod.isMarkedForDeletion() && isReady(pod) ? 1 : 0;
        Map<String, Object> status = Map.of(
                "observedGeneration",
                set.getMetadata().getGeneration(),
                "replicas",
                pod == null ? 0 : 1,
                "readyReplicas",
                ready,
                "availableReplicas",
                ready,
                "currentReplicas",
                current ? 1 : 0,
                "updatedReplicas",
                current ? 1 : 0,
                "updateRevision",
                revision,
                "currentRevision",
                current && ready == 1 ? revision : previousRevision(set, revision));
        if (!same(set, status)) {
            StatusPatch.write(client, set, status);
        }
    }

    private static String previousRevision(StatefulSet set, String revision) {
        String previous = set.getStatus() == null ? null : set.getStatus().getCurrentRevision();
        return previous == null ? revision : previous;
    }

    private boolean same(StatefulSet set, Map<String, Object> status) {
        Map<?, ?> is = set.getStatus() == null
                ? Map.of()
                : client.getKubernetesSerialization().convertValue(set.getStatus(), Map.class);
        return status.entrySet().stream()
                .allMatch(entry -> String.valueOf(entry.getValue()).equals(String.valueOf(is.get(entry.getKey()))));
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /** The StatefulSet that a pod belongs to, by name. */
    static Optional<String> ownerKey(HasMetadata pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> owner.getKind().equals("StatefulSet"))
                .map(owner -> pod.getMetadata().getNamespace() + "/" + owner.getName())
                .findFirst();
    }
}
