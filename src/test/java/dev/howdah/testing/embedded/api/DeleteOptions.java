package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The body, and the query, of a deletion. */
record DeleteOptions(JsonNode body, String policy, String gracePeriodSeconds) {
    // A pod without a grace period of its own gets this one.
    private static final int POD_GRACE_SECONDS = 30;

    void check(ResourceType type, ObjectNode object) {
        check(type, object, "uid");
        check(type, object, "resourceVersion");
    }

    private void check(ResourceType type, ObjectNode object, String field) {
        String wanted = body.path("preconditions").path(field).asText("");
        String is = object.path("metadata").path(field).asText();
        if (!wanted.isEmpty() && !wanted.equals(is)) {
            throw ApiFailure.conflict(
                    type,
                    object.at("/metadata/name").asText(),
                    "Precondition failed: " + field + " in precondition: " + wanted + ", in object meta: " + is);
        }
    }

    /** The finalizer that hands the dependents to the garbage collector before the object goes. */
    Optional<String> finalizer() {
        return switch (body.path("propagationPolicy").asText(policy)) {
            case "Foreground" -> Optional.of("foregroundDeletion");
            case "Orphan" -> Optional.of("orphan");
            default -> Optional.empty();
        };
    }

    /** Seconds that the kubelet has to stop a pod; 0 for everything else, and for a pod that runs nowhere. */
    long gracePeriod(ResourceType type, ObjectNode object) {
        if (!type.is("", "pods") || object.at("/spec/nodeName").asText("").isEmpty()) {
            return 0;
        }
        if (body.has("gracePeriodSeconds")) {
            return body.path("gracePeriodSeconds").asLong();
        }
        return gracePeriodSeconds.isEmpty()
                ? object.at("/spec/terminationGracePeriodSeconds").asLong(POD_GRACE_SECONDS)
                : Long.parseLong(gracePeriodSeconds);
    }
}
