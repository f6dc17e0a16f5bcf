package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who set which fields of an object: its {@code metadata.managedFields}, read, changed and written. */
final class FieldOwnership {
    private final Map<Owner, Set<List<String>>> fields = new LinkedHashMap<>();
    private final Map<Owner, String> times = new LinkedHashMap<>();

    /** @param operation Apply or Update */
    record Owner(String manager, String operation, String subresource) {}

    static FieldOwnership of(JsonNode object) {
        var ownership = new FieldOwnership();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            var owner = new Owner(
                    entry.path("manager").asText(),
                    entry.path("operation").asText(),
                    entry.path("subresource").asText(""));
            ownership.fields.put(owner, FieldPaths.fromFieldsV1(entry.path("fieldsV1")));
            ownership.times.put(owner, entry.path("time").asText());
        }
        return ownership;
    }

    Set<List<String>> of(Owner owner) {
        return fields.getOrDefault(owner, Set.of());
    }

    boolean isOwnedByAnother(Owner owner, List<String> path) {
        return fields.entrySet().stream()
                .anyMatch(entry ->
                        !entry.getKey().equals(owner) && entry.getValue().contains(path));
    }

    /** The managers, other than the owner, that have set this field. */
    List<String> others(Owner owner, List<String> path) {
        return fields.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals(owner) && entry.getValue().contains(path))
                .map(entry -> entry.getKey().manager())
                .toList();
    }

    /** Makes a manager that applies own exactly these fields; those it took from others are theirs no more. */
    void applied(Owner owner, Set<List<String>> owned, Set<List<String>> taken, String now) {
        fields.forEach((other, paths) -> {
            if (!other.equals(owner)) {
                paths.removeAll(taken);
            }
        });
        if (!of(owner).equals(owned)) {
            fields.put(owner, new LinkedHashSet<>(owned));
            times.put(owner, now);
        }
    }

    /** Gives what an update changed to the one who updated, and forgets what is gone. */
    void updated(Owner owner, Map<List<String>, JsonNode> before, Map<List<String>, JsonNode> after, String now) {
        Set<List<String>> changed = new LinkedHashSet<>();
        after.forEach((path, value) -> {
            if (!value.equals(before.get(path))) {
                changed.add(path);
            }
        });
        Set<List<String>> gone = new HashSet<>(before.keySet());
        gone.removeAll(after.keySet());
        fields.forEach((other, paths) -> {
            paths.removeAll(changed);
            paths.removeAll(gone);
        });
        if (!changed.isEmpty()) {
            fields.computeIfAbsent(owner, key -> new LinkedHashSet<>()).addAll(changed);
            times.put(owner, now);
        }
    }

    void writeTo(ObjectNode object) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        fields.forEach((owner, paths) -> {
            if (!paths.isEmpty()) {
                ObjectNode entry = entries.addObject()
                        .put("manager", owner.manager())
                        .put("operation", owner.operation())
                        .put("apiVersion", object.path("apiVersion").asText())
                        .put("time", times.get(owner))
                        .put("fieldsType", "FieldsV1");
                entry.set("fieldsV1", FieldPaths.toFieldsV1(paths));
                if (!owner.subresource().isEmpty()) {
                    entry.put("subresource", owner.subresource());
                }
            }
        });
        object.withObjectProperty("metadata").set("managedFields", entries);
    }
}
