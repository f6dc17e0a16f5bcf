package dev.howdah.testing.embedded.node;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/** Writes a status, in one request and without regard to other changes. */
final class StatusPatch {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private StatusPatch() {}

    /** @param status is merged into the status there; an object that is gone meanwhile needs none */
    static void write(KubernetesClient client, HasMetadata object, Object status) {
        String patch = client.getKubernetesSerialization()
                .asJson(Map.of("metadata", Map.of("uid", object.getMetadata().getUid()), "status", status));
        try {
            client.resource(object).subresource("status").patch(MERGE, patch);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }
}
