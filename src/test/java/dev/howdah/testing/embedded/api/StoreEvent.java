package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One change of the store.
 *
 * @param before absent when the object was created
 * @param after the object as it is now; when it was removed, as it was last, with the revision of the removal
 */
record StoreEvent(
        long revision, ResourceType type, @Nullable ObjectNode before, ObjectNode after, boolean removed) {

    /** What a watcher with this selection is told: an object that leaves the selection is deleted for it. */
    Optional<ObjectNode> seenBy(Predicate<? super ObjectNode> selection) {
        boolean was = before != null && selection.test(before);
        boolean is = !removed && selection.test(after);
        if (is) {
            return Optional.of(message(was ? "MODIFIED" : "ADDED", after));
        }
        return was ? Optional.of(message("DELETED", after)) : Optional.empty();
    }

    static ObjectNode message(String type, ObjectNode object) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", type);
        message.set("object", object);
        return message;
    }
}
