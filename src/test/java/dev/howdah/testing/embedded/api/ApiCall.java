package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/**
 * One HTTP request, read.
 *
 * @param contentType without parameters; empty if not given
 */
record ApiCall(
        String method, String path, Map<String, String> query, String contentType, String userAgent, String body) {
    static final ObjectMapper JSON = new ObjectMapper();

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean watch() {
        return method.equals("GET")
                && (parameter("watch").equals("true") || parameter("watch").equals("1"));
    }

    ObjectNode object() {
        if (json() instanceof ObjectNode object) {
            return object;
        }
        throw ApiFailure.badRequest("the body must be an object");
    }

    /** The body, JSON or YAML; an empty object when there is none. */
    JsonNode json() {
        if (body.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return body.stripLeading().startsWith("{") || body.stripLeading().startsWith("[")
                    ? JSON.readTree(body)
                    : Serialization.unmarshal(body, JsonNode.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw ApiFailure.badRequest("the body cannot be read: " + e.getMessage());
        }
    }

    FieldOwnership.Owner owner(String operation, boolean status) {
        String manager = parameter("fieldManager");
        return new FieldOwnership.Owner(
                manager.isEmpty() ? userAgent.split("/")[0] : manager, operation, status ? "status" : "");
    }
}
