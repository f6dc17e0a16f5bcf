package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Answers requests out of the store. */
final class ApiRouter {
    private final ResourceTypes types = new ResourceTypes();
    private final ObjectStore store = new ObjectStore();
    private final ApiOperations operations;
    private final Discovery discovery = new Discovery(types);

    ApiRouter(Admission admission, java.time.Clock clock) {
        this.operations = new ApiOperations(store, admission, clock);
        for (String namespace : List.of("default", "kube-system")) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.putObject("metadata").put("name", namespace);
            operations.create(
                    new Target(Target.NAMESPACES, "", "", false),
                    object,
                    new FieldOwnership.Owner("kube-apiserver", "Update", ""));
        }
    }

    /** @param body empty for no body */
    record Answer(int code, String body) {
        static Answer of(int code, JsonNode body) {
            return new Answer(code, body.toString());
        }
    }

    Answer answer(ApiCall call) {
        try {
            return discovery.answer(call).orElseGet(() -> answer(call, target(call)));
        } catch (ApiFailure e) {
            return Answer.of(e.code(), e.status());
        }
    }

    /** A watch that is not open yet. */
    WatchStream watch(ApiCall call, Consumer<ObjectNode> sink) {
        return new WatchStream(store, target(call), selection(call), sink);
    }

    private Target target(ApiCall call) {
        ResourcePath path = ResourcePath.parse(call.path()).orElseThrow(ApiFailure::noSuchPath);
        ResourceType type = types.find(path.apiVersion(), path.plural()).orElseThrow(ApiFailure::noSuchPath);
        Target target = Target.of(type, path);
        if (path.subresource() != null && !(target.status() && type.status())) {
            throw ApiFailure.noSuchPath();
        }
        return target;
    }

    private static Predicate<JsonNode> selection(ApiCall call) {
        return Selector.of(call.query().get("labelSelector"), call.query().get("fieldSelector"));
    }

    private Answer answer(ApiCall call, Target target) {
        return switch (call.method()) {
            case "GET" -> target.collection() ? list(call, target) : Answer.of(200, operations.get(target));
            case "POST" -> create(call, target);
            case "PUT" -> done(operations.update(target, call.object(), call.owner("Update", target.status())));
            case "PATCH" -> done(patch(call, target));
            case "DELETE" -> target.collection() ? deleteCollection(call, target) : delete(call, target);
            default -> throw ApiFailure.notAllowed(call.method());
        };
    }

    private Answer list(ApiCall call, Target target) {
        ObjectNode list = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", target.type().apiVersion())
                .put("kind", target.type().kind() + "List");
        synchronized (store) {
            list.putObject("metadata").put("resourceVersion", String.valueOf(store.revision()));
            ArrayNode items = list.putArray("items");
            selected(call, target).forEach(items::add);
        }
        return Answer.of(200, list);
    }

    private List<ObjectNode> selected(ApiCall call, Target target) {
        return store.list(target.type(), target.namespace()).stream()
                .filter(selection(call))
                .toList();
    }

    private Answer create(ApiCall call, Target target) {
        if (!target.collection()) {
            throw ApiFailure.notAllowed("POST");
        }
        return done(operations.create(target, call.object(), call.owner("Update", false)));
    }

    private ApiOperations.Result patch(ApiCall call, Target target) {
        FieldOwnership.Owner owner = call.owner("Update", target.status());
        JsonNode patch = call.json();
        return switch (call.contentType()) {
            case "application/apply-patch+yaml" -> {
                if (call.parameter("fieldManager").isEmpty()) {
                    throw ApiFailure.badRequest("fieldManager: Required value: is required for apply patch");
                }
                yield operations.apply(
                        target,
                        call.object(),
                        call.owner("Apply", target.status()),
                        call.parameter("force").equals("true"));
            }
            case "application/json-patch+json" ->
                patch(call, target, current -> patchedWith(patch, current, target), owner);
            case "application/merge-patch+json" -> patch(call, target, current -> merged(current, patch), owner);
            case "application/strategic-merge-patch+json" -> {
                if (target.type().custom()) {
                    throw ApiFailure.unsupportedMediaType(call.contentType());
                }
                yield patch(call, target, current -> merged(current, patch), owner);
            }
            default -> throw ApiFailure.unsupportedMediaType(call.contentType());
        };
    }

    private ApiOperations.Result patch(
            ApiCall call, Target target, UnaryOperator<ObjectNode> change, FieldOwnership.Owner owner) {
        return call.parameter("dryRun").equals("All")
                ? operations.tryPatch(target, change)
                : operations.patch(target, change, owner);
    }

    private static ObjectNode patchedWith(JsonNode patch, ObjectNode current, Target target) {
        try {
            return (ObjectNode) JsonPatch.apply(patch, current);
        } catch (JsonPatchException e) {
            throw ApiFailure.invalid(target.type(), target.name(), String.valueOf(e.getMessage()));
        }
    }

    // RFC 7396
    private static ObjectNode merged(ObjectNode target, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value.isObject()) {
                ObjectNode inner = target.get(field.getKey()) instanceof ObjectNode there
                        ? there
                        : JsonNodeFactory.instance.objectNode();
                target.set(field.getKey(), merged(inner, value));
            } else {
                target.set(field.getKey(), value);
            }
        }
        return target;
    }

    private Answer done(ApiOperations.Result result) {
        if (result.object().path("kind").asText().equals("CustomResourceDefinition")) {
            types.define(result.object());
        }
        return Answer.of(result.created() ? 201 : 200, result.object());
    }

    private Answer delete(ApiCall call, Target target) {
        ApiOperations.Deletion deletion = operations.delete(target, options(call));
        return Answer.of(200, deletion.removed() ? success() : deletion.object());
    }

    private Answer deleteCollection(ApiCall call, Target target) {
        for (ObjectNode object : selected(call, target)) {
            operations.delete(
                    new Target(
                            target.type(),
                            object.at("/metadata/namespace").asText(""),
                            object.at("/metadata/name").asText(),
                            false),
                    options(call));
        }
        return Answer.of(200, success());
    }

    private static DeleteOptions options(ApiCall call) {
        return new DeleteOptions(
                call.json(), call.parameter("propagationPolicy"), call.parameter("gracePeriodSeconds"));
    }

    private static ObjectNode success() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Success");
    }
}
