package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies a server's StatefulSet, and makes it anew where Kubernetes lets a field of it never change. */
final class StatefulSetStep {
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final ChildApplier applier;

    StatefulSetStep(KubernetesClient client, ChildApplier applier) {
        this.client = client;
        this.applier = applier;
    }

    /** The StatefulSet that is made anew adopts the pod, which runs on meanwhile. */
    ServerChildren apply(StatefulSet wished, ServerChildren seen, Context<PostgresServer> context) {
        try {
            return applier.apply(List.of(wished), seen, context);
        } catch (KubernetesClientException refused) {
            if (!changesWhatIsFixed(refused)) {
                throw refused;
            }
            client.resource(wished)
                    .withPropagationPolicy(DeletionPropagation.ORPHAN)
                    .delete();
            return applier.apply(List.of(wished), seen, context);
        }
    }

    /** The annotation tells a pod of this template from pods of earlier ones. */
    static String mark(StatefulSet statefulSet) {
        var metadata = statefulSet.getSpec().getTemplate().getMetadata();
        Map<String, String> annotations = new HashMap<>();
        if (metadata.getAnnotations() != null) {
            annotations.putAll(metadata.getAnnotations());
        }
        String template = Fingerprints.of(statefulSet.getSpec().getTemplate());
        annotations.put(Labels.TEMPLATE, template);
        metadata.setAnnotations(annotations);
        return template;
    }

    static Optional<String> templateOf(@Nullable StatefulSet statefulSet) {
        return Optional.ofNullable(statefulSet)
                .map(set -> set.getSpec().getTemplate().getMetadata())
                .map(metadata -> metadata.getAnnotations())
                .map(annotations -> annotations.get(Labels.TEMPLATE));
    }

    /** Nothing but the fixed fields may be wrong: a StatefulSet that cannot be made again must not be deleted. */
    static boolean changesWhatIsFixed(KubernetesClientException refused) {
        if (refused.getCode() != UNPROCESSABLE
                || refused.getStatus() == null
                || refused.getStatus().getDetails() == null) {
            return false;
        }
        List<StatusCause> causes = refused.getStatus().getDetails().getCauses();
        return causes != null
                && !causes.isEmpty()
                && causes.stream()
                        .allMatch(cause ->
                                "spec".equals(cause.getField()) && "FieldValueForbidden".equals(cause.getReason()));
    }
}
