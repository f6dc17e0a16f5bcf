package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The paths of an object's fields as FieldsV1 spells them: {@code f:} a field, {@code k:} an item of a list that is a map,
 * {@code v:} an item of a list that is a set. A list of any other kind is one value.
 */
final class FieldPaths {
    private static final JsonNode ITEM = JsonNodeFactory.instance.missingNode();
    // What the API server itself sets, or what identifies the object, belongs to nobody.
    private static final Set<String> NOBODYS = Set.of(
            "name",
            "namespace",
            "generateName",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "selfLink");

    private FieldPaths() {}

    /** Every leaf of the object with its value; an item of a map-like list is listed itself, too. */
    static Map<List<String>, JsonNode> leaves(JsonNode object, ListKinds kinds) {
        var leaves = new LinkedHashMap<List<String>, JsonNode>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            switch (field.getKey()) {
                case "apiVersion", "kind" -> {}
                case "metadata" -> metadata(field.getValue(), kinds, leaves);
                default -> walk(field.getValue(), List.of("f:" + field.getKey()), kinds, leaves);
            }
        }
        return leaves;
    }

    private static void metadata(JsonNode metadata, ListKinds kinds, Map<List<String>, JsonNode> leaves) {
        for (Map.Entry<String, JsonNode> field : metadata.properties()) {
            if (!NOBODYS.contains(field.getKey())) {
                walk(field.getValue(), List.of("f:metadata", "f:" + field.getKey()), kinds, leaves);
            }
        }
    }

    private static void walk(JsonNode node, List<String> path, ListKinds kinds, Map<List<String>, JsonNode> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(field -> walk(field.getValue(), child(path, "f:" + field.getKey()), kinds, leaves));
            return;
        }
        ListKinds.Kind kind = node.isArray() ? kinds.of(path) : ListKinds.ATOMIC;
        if (kind.atomic()) {
            leaves.put(path, node);
            return;
        }
        for (JsonNode item : node) {
            List<String> itemPath = child(path, kind.element(item));
            leaves.put(itemPath, kind.set() ? item : ITEM);
            if (!kind.set()) {
                walk(item, itemPath, kinds, leaves);
            }
        }
    }

    static List<String> child(List<String> path, String element) {
        var longer = new ArrayList<>(path);
        longer.add(element);
        return List.copyOf(longer);
    }

    static ObjectNode toFieldsV1(Set<List<String>> paths) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (List<String> path : paths) {
            ObjectNode node = root;
            for (String element : path) {
                node = node.withObjectProperty(element);
            }
            if (path.getLast().startsWith("k:")) {
                node.putObject(".");
            }
        }
        return root;
    }

    static Set<List<String>> fromFieldsV1(JsonNode fields) {
        var paths = new LinkedHashSet<List<String>>();
        read(fields, List.of(), paths);
        return paths;
    }

    private static void read(JsonNode node, List<String> path, Set<List<String>> paths) {
        if (node.isEmpty() && !path.isEmpty()) {
            paths.add(path);
        }
        for (Map.Entry<String, JsonNode> child : node.properties()) {
            if (child.getKey().equals(".")) {
                paths.add(path);
            } else {
                read(child.getValue(), child(path, child.getKey()), paths);
            }
        }
    }
}
