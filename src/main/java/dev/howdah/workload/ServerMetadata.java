package dev.howdah.workload;

import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;

/** What all objects of a server have in common: labels, owner, namespace. */
final class ServerMetadata {

    private final PostgresServer server;

    ServerMetadata(PostgresServer server) {
        this.server = server;
    }

    ObjectMeta named(String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(server.getMetadata().getNamespace())
                .withLabels(labels())
                .withOwnerReferences(owner())
                .build();
    }

    /** Kubernetes' recommended labels and our own. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(selector());
        labels.put("app.kubernetes.io/name", "postgresql");
        labels.put("app.kubernetes.io/instance", server.getMetadata().getName());
        labels.put("app.kubernetes.io/component", "database");
        labels.put("app.kubernetes.io/version", server.getSpec().version());
        labels.put("app.kubernetes.io/part-of", "howdah");
        labels.put("app.kubernetes.io/managed-by", "howdah");
        return labels;
    }

    /** Selects the server's pod; a StatefulSet's selector can never change, so it is as small as can be. */
    Map<String, String> selector() {
        return Map.of(ServerManifests.SERVER_LABEL, server.getMetadata().getName());
    }

    private OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion(server.getApiVersion())
                .withKind(server.getKind())
                .withName(server.getMetadata().getName())
                .withUid(server.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
