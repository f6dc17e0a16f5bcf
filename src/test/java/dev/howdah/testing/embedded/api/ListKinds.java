package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** How the lists of one kind of object merge: as maps by some keys, as sets, or whole. */
record ListKinds(ResourceType type) {
    static final Kind ATOMIC = new Kind(List.of(), false);
    private static final Kind SET = new Kind(List.of(), true);
    private static final Kind BY_NAME = new Kind(List.of("name"), false);
    private static final Map<String, Kind> BUILT_IN = Map.ofEntries(
            Map.entry("containers", BY_NAME),
            Map.entry("initContainers", BY_NAME),
            Map.entry("volumes", BY_NAME),
            Map.entry("env", BY_NAME),
            Map.entry("imagePullSecrets", BY_NAME),
            Map.entry("volumeMounts", new Kind(List.of("mountPath"), false)),
            Map.entry("conditions", new Kind(List.of("type"), false)),
            Map.entry("hostAliases", new Kind(List.of("ip"), false)),
            Map.entry("topologySpreadConstraints", new Kind(List.of("topologyKey", "whenUnsatisfiable"), false)));

    /** @param keys of a map-like list; none and no set means that the list is one value */
    record Kind(List<String> keys, boolean set) {
        boolean atomic() {
            return keys.isEmpty() && !set;
        }

        /** The path element of an item, with {@code TCP} for a protocol that is not given. */
        String element(JsonNode item) {
            if (set) {
                return "v:" + item;
            }
            ObjectNode key = JsonNodeFactory.instance.objectNode();
            for (String name : keys) {
                if (item.has(name)) {
                    key.set(name, item.get(name));
                } else if (name.equals("protocol")) {
                    key.put(name, "TCP");
                }
            }
            return "k:" + key;
        }
    }

    Kind of(List<String> path) {
        String field = path.getLast().substring(2);
        if (path.size() == 2 && path.getFirst().equals("f:metadata")) {
            return switch (field) {
                case "finalizers" -> SET;
                case "ownerReferences" -> new Kind(List.of("uid"), false);
                default -> ATOMIC;
            };
        }
        StructuralSchema schema = type.schema();
        if (schema != null) {
            return new Kind(
                    schema.listKeys(path.stream()
                            .filter(element -> element.startsWith("f:"))
                            .map(element -> element.substring(2))
                            .toList()),
                    false);
        }
        if (field.equals("ports")) {
            return ports(path);
        }
        return BUILT_IN.getOrDefault(field, ATOMIC);
    }

    private Kind ports(List<String> path) {
        if (path.contains("f:containers")) {
            return new Kind(List.of("containerPort", "protocol"), false);
        }
        return type.is("", "services") ? new Kind(List.of("port", "protocol"), false) : ATOMIC;
    }
}
