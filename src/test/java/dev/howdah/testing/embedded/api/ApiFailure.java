package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal, with the code and the reason of the Kubernetes API conventions. */
final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    private ApiFailure(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message);
    }

    static ApiFailure forbidden(String method, String path) {
        return new ApiFailure(403, "Forbidden", method + " " + path + " is forbidden by the Role in broker-manifests");
    }

    static ApiFailure notFound(ResourceType type, String name) {
        return new ApiFailure(404, "NotFound", type.qualifiedPlural() + " \"" + name + "\" not found");
    }

    static ApiFailure noSuchPath() {
        return new ApiFailure(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiFailure notAllowed(String method) {
        return new ApiFailure(405, "MethodNotAllowed", method + " is not supported here");
    }

    static ApiFailure alreadyExists(ResourceType type, String name) {
        return new ApiFailure(409, "AlreadyExists", type.qualifiedPlural() + " \"" + name + "\" already exists");
    }

    static ApiFailure conflict(ResourceType type, String name, String why) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.qualifiedPlural() + " \"" + name + "\": " + why);
    }

    static ApiFailure applyConflict(String message) {
        return new ApiFailure(409, "Conflict", message);
    }

    static ApiFailure expired(String message) {
        return new ApiFailure(410, "Expired", message);
    }

    static ApiFailure unsupportedMediaType(String type) {
        return new ApiFailure(415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + type);
    }

    static ApiFailure invalid(ResourceType type, String name, String causes) {
        return new ApiFailure(422, "Invalid", type.kind() + " \"" + name + "\" is invalid: " + causes);
    }

    int code() {
        return code;
    }

    /** The body of the answer: a Status. */
    ObjectNode status() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .put("code", code);
    }
}
