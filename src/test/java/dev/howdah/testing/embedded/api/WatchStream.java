package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One watch: what it selects, and where its messages go. */
final class WatchStream implements Consumer<StoreEvent> {
    private final ObjectStore store;
    private final Target target;
    private final Predicate<JsonNode> selection;
    private final Consumer<ObjectNode> sink;

    WatchStream(ObjectStore store, Target target, Predicate<JsonNode> selection, Consumer<ObjectNode> sink) {
        this.store = store;
        this.target = target;
        this.selection = selection;
        this.sink = sink;
    }

    /** @param resourceVersion start after it; empty or 0 starts with what there is now */
    void open(String resourceVersion) {
        synchronized (store) {
            if (resourceVersion.isEmpty() || resourceVersion.equals("0")) {
                store.list(target.type(), target.namespace()).stream()
                        .filter(this::selects)
                        .map(object -> StoreEvent.message("ADDED", object))
                        .forEach(sink);
                store.watch(store.revision(), this);
            } else {
                replay(Long.parseLong(resourceVersion));
            }
        }
    }

    private void replay(long revision) {
        try {
            store.watch(revision, this);
        } catch (ApiFailure e) {
            sink.accept(StoreEvent.message("ERROR", e.status()));
        }
    }

    @Override
    public void accept(StoreEvent event) {
        if (event.type().equals(target.type())) {
            event.seenBy(this::selects).ifPresent(sink);
        }
    }

    private boolean selects(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return (target.namespace().isEmpty()
                        || target.namespace().equals(metadata.path("namespace").asText()))
                && (target.collection()
                        || target.name().equals(metadata.path("name").asText()))
                && selection.test(object);
    }

    /** Tells how far the watch has come. */
    void bookmark() {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", target.type().apiVersion())
                .put("kind", target.type().kind());
        object.putObject("metadata").put("resourceVersion", String.valueOf(store.revision()));
        sink.accept(StoreEvent.message("BOOKMARK", object));
    }

    void close() {
        store.unwatch(this);
    }
}
