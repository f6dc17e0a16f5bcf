package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The objects, their one revision counter, and the latest changes for watchers that come back. Stored objects are never
 * changed in place. Callers hold this object's monitor over a read and the write that depends on it.
 */
final class ObjectStore {
    private static final int REMEMBERED = 10_000;

    private final Map<ResourceType, NavigableMap<String, ObjectNode>> objects = new HashMap<>();
    private final Deque<StoreEvent> history = new ArrayDeque<>();
    private final Set<Consumer<StoreEvent>> watchers = new LinkedHashSet<>();
    private long revision = 1;

    synchronized long revision() {
        return revision;
    }

    synchronized Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
        return Optional.ofNullable(of(type).get(namespace + "/" + name));
    }

    /** @param namespace empty for all */
    synchronized List<ObjectNode> list(ResourceType type, String namespace) {
        return of(type).entrySet().stream()
                .filter(entry -> namespace.isEmpty() || entry.getKey().startsWith(namespace + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private NavigableMap<String, ObjectNode> of(ResourceType type) {
        return objects.computeIfAbsent(type, key -> new TreeMap<>());
    }

    /** Stores a new or changed object under a new revision and tells the watchers. */
    synchronized ObjectNode put(ResourceType type, ObjectNode object) {
        stamp(object);
        ObjectNode before = of(type).put(key(object), object);
        tell(new StoreEvent(revision, type, before, object, false));
        return object;
    }

    synchronized ObjectNode remove(ResourceType type, ObjectNode object) {
        ObjectNode before = of(type).remove(key(object));
        ObjectNode last = object.deepCopy();
        stamp(last);
        tell(new StoreEvent(revision, type, before, last, true));
        return last;
    }

    private void stamp(ObjectNode object) {
        revision++;
        object.withObjectProperty("metadata").put("resourceVersion", String.valueOf(revision));
    }

    private static String key(ObjectNode object) {
        return object.path("metadata").path("namespace").asText("") + "/"
                + object.path("metadata").path("name").asText();
    }

    private void tell(StoreEvent event) {
        history.addLast(event);
        if (history.size() > REMEMBERED) {
            history.removeFirst();
        }
        List.copyOf(watchers).forEach(watcher -> watcher.accept(event));
    }

    /** Replays the changes after a revision, then tells every further one, without a gap between them. */
    synchronized void watch(long after, Consumer<StoreEvent> watcher) {
        StoreEvent oldest = history.peekFirst();
        if (after > revision || history.size() == REMEMBERED && oldest != null && after < oldest.revision() - 1) {
            throw ApiFailure.expired("too old resource version: " + after + " (" + revision + ")");
        }
        history.stream().filter(event -> event.revision() > after).forEach(watcher);
        watchers.add(watcher);
    }

    synchronized void unwatch(Consumer<StoreEvent> watcher) {
        watchers.remove(watcher);
    }
}
