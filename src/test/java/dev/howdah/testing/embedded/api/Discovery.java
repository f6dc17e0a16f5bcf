package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the API says of itself: health, version, groups, kinds, and what a user may do (everything). */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final ResourceTypes types;

    Discovery(ResourceTypes types) {
        this.types = types;
    }

    Optional<ApiRouter.Answer> answer(ApiCall call) {
        if (call.path().startsWith("/apis/authorization.k8s.io/")) {
            return Optional.of(ApiRouter.Answer.of(201, review(call)));
        }
        if (!call.method().equals("GET")) {
            return Optional.empty();
        }
        return switch (call.path()) {
            case "/healthz", "/livez", "/readyz" -> Optional.of(new ApiRouter.Answer(200, "ok"));
            case "/version" -> Optional.of(ApiRouter.Answer.of(200, version()));
            case "/api" -> Optional.of(ApiRouter.Answer.of(200, coreVersions()));
            case "/apis" -> Optional.of(ApiRouter.Answer.of(200, groups()));
            default -> resources(call.path());
        };
    }

    private static ObjectNode object(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "v1");
    }

    private static ObjectNode version() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", "1")
                .put("minor", "33")
                .put("gitVersion", "v1.33.0+embedded")
                .put("platform", "java");
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = object("APIVersions");
        versions.putArray("versions").add("v1");
        return versions;
    }

    private ObjectNode groups() {
        ObjectNode list = object("APIGroupList");
        ArrayNode groups = list.putArray("groups");
        types.all().stream()
                .filter(type -> !type.group().isEmpty())
                .map(type -> List.of(type.group(), type.version()))
                .distinct()
                .forEach(group -> {
                    ObjectNode entry = groups.addObject().put("name", group.get(0));
                    ObjectNode version = JsonNodeFactory.instance
                            .objectNode()
                            .put("groupVersion", group.get(0) + "/" + group.get(1))
                            .put("version", group.get(1));
                    entry.putArray("versions").add(version);
                    entry.set("preferredVersion", version);
                });
        return list;
    }

    private Optional<ApiRouter.Answer> resources(String path) {
        String apiVersion = path.replaceFirst("^/apis?/", "");
        List<ResourceType> served = types.all().stream()
                .filter(type -> type.apiVersion().equals(apiVersion))
                .toList();
        if (served.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode list = object("APIResourceList").put("groupVersion", apiVersion);
        ArrayNode resources = list.putArray("resources");
        served.forEach(type -> Stream.of("", "/status")
                .filter(suffix -> suffix.isEmpty() || type.status())
                .forEach(suffix -> describe(type, suffix, resources.addObject())));
        return Optional.of(ApiRouter.Answer.of(200, list));
    }

    private static void describe(ResourceType type, String suffix, ObjectNode entry) {
        entry.put("name", type.plural() + suffix)
                .put("singularName", "")
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        ArrayNode verbs = entry.putArray("verbs");
        (suffix.isEmpty() ? VERBS : List.of("get", "patch", "update")).forEach(verbs::add);
        if (suffix.isEmpty()) {
            ArrayNode names = entry.putArray("shortNames");
            type.shortNames().forEach(names::add);
        }
    }

    private static ObjectNode review(ApiCall call) {
        ObjectNode review = call.object();
        ObjectNode status = review.putObject("status").put("allowed", true).put("incomplete", false);
        ObjectNode rule = status.putArray("resourceRules").addObject();
        List.of("verbs", "apiGroups", "resources")
                .forEach(field -> rule.putArray(field).add("*"));
        status.putArray("nonResourceRules");
        return review;
    }
}
