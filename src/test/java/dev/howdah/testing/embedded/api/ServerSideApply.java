package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges an applied document into an object: the document's fields are set, fields that the same manager applied before
 * and left out now are removed unless somebody else has set them, everything else stays.
 */
final class ServerSideApply {
    private final ListKinds kinds;
    private final FieldOwnership.Owner owner;
    private final boolean force;
    private final String now;

    ServerSideApply(ListKinds kinds, FieldOwnership.Owner owner, boolean force, String now) {
        this.kinds = kinds;
        this.owner = owner;
        this.force = force;
        this.now = now;
    }

    /** @return the merged object with its new managedFields */
    ObjectNode apply(ObjectNode live, ObjectNode applied) {
        FieldOwnership ownership = FieldOwnership.of(live);
        Map<List<String>, JsonNode> liveLeaves = FieldPaths.leaves(live, kinds);
        Map<List<String>, JsonNode> appliedLeaves = FieldPaths.leaves(applied, kinds);
        Set<List<String>> taken = differing(appliedLeaves, liveLeaves);
        if (!force) {
            refuseConflicts(taken, ownership);
        }

        ObjectNode merged = live.deepCopy();
        merge(merged, applied, List.of());
        for (List<String> path : ownership.of(owner)) {
            if (!appliedLeaves.containsKey(path)
                    && !isInside(path, appliedLeaves.keySet())
                    && !ownership.isOwnedByAnother(owner, path)) {
                remove(merged, path, 0);
            }
        }
        ownership.applied(owner, appliedLeaves.keySet(), taken, now);
        ownership.writeTo(merged);
        return merged;
    }

    private static Set<List<String>> differing(Map<List<String>, JsonNode> applied, Map<List<String>, JsonNode> live) {
        var differing = new LinkedHashSet<List<String>>();
        applied.forEach((path, value) -> {
            if (!value.equals(live.get(path))) {
                differing.add(path);
            }
        });
        return differing;
    }

    private void refuseConflicts(Set<List<String>> differing, FieldOwnership ownership) {
        var conflicts = new ArrayList<String>();
        for (List<String> path : differing) {
            ownership.others(owner, path).forEach(other -> conflicts.add("conflict with \"" + other + "\": " + path));
        }
        if (!conflicts.isEmpty()) {
            throw ApiFailure.applyConflict("Apply failed with " + conflicts.size() + " conflict(s): " + conflicts);
        }
    }

    // A field that held an empty object, or a whole list, may now hold more.
    private static boolean isInside(List<String> path, Set<List<String>> leaves) {
        return leaves.stream()
                .anyMatch(leaf -> leaf.size() > path.size()
                        && leaf.subList(0, path.size()).equals(path));
    }

    private void merge(ObjectNode target, ObjectNode applied, List<String> path) {
        for (Map.Entry<String, JsonNode> field : applied.properties()) {
            JsonNode value = field.getValue();
            JsonNode existing = target.get(field.getKey());
            List<String> fieldPath = FieldPaths.child(path, "f:" + field.getKey());
            if (value instanceof ObjectNode object && existing instanceof ObjectNode there) {
                merge(there, object, fieldPath);
            } else if (value instanceof ArrayNode items
                    && existing instanceof ArrayNode there
                    && !kinds.of(fieldPath).atomic()) {
                mergeItems(there, items, fieldPath);
            } else {
                target.set(field.getKey(), value.deepCopy());
            }
        }
    }

    private void mergeItems(ArrayNode target, ArrayNode applied, List<String> path) {
        ListKinds.Kind kind = kinds.of(path);
        for (JsonNode item : applied) {
            String element = kind.element(item);
            int at = indexOf(target, kind, element);
            if (at < 0) {
                target.add(item.deepCopy());
            } else if (target.get(at) instanceof ObjectNode there && item instanceof ObjectNode object) {
                merge(there, object, FieldPaths.child(path, element));
            }
        }
    }

    private static int indexOf(ArrayNode items, ListKinds.Kind kind, String element) {
        for (int index = 0; index < items.size(); index++) {
            if (kind.element(items.get(index)).equals(element)) {
                return index;
            }
        }
        return -1;
    }

    // Removes what the path leads to, and on the way back the objects and lists that this has emptied.
    private void remove(@Nullable JsonNode node, List<String> path, int depth) {
        String element = path.get(depth);
        boolean last = depth == path.size() - 1;
        if (node instanceof ObjectNode object && element.startsWith("f:")) {
            String name = element.substring(2);
            JsonNode child = object.get(name);
            if (!last) {
                remove(child, path, depth + 1);
            }
            if (child != null && (last || child.isContainerNode() && child.isEmpty())) {
                object.remove(name);
            }
        } else if (node instanceof ArrayNode items) {
            int at = indexOf(items, kinds.of(path.subList(0, depth)), element);
            if (at >= 0 && last) {
                items.remove(at);
            } else if (at >= 0) {
                remove(items.get(at), path, depth + 1);
            }
        }
    }
}
