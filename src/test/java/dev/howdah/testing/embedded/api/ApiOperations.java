package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Create, update, patch, apply and delete, each as one step. */
final class ApiOperations {
    private static final Set<String> SERVER_SIDE_METADATA = Set.of(
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "managedFields");

    private final ObjectStore store;
    private final Admission admission;
    private final Clock clock;

    ApiOperations(ObjectStore store, Admission admission, Clock clock) {
        this.store = store;
        this.admission = admission;
        this.clock = clock;
    }

    /** @param created whether the object is new */
    record Result(ObjectNode object, boolean created) {}

    ObjectNode get(Target target) {
        return store.find(target.type(), target.namespace(), target.name())
                .orElseThrow(() -> ApiFailure.notFound(target.type(), target.name()));
    }

    Result create(Target target, ObjectNode body, FieldOwnership.Owner owner) {
        synchronized (store) {
            ObjectNode object = prepared(target, body);
            String name = object.at("/metadata/name").asText("");
            if (name.isEmpty()) {
                throw ApiFailure.invalid(target.type(), "", "metadata.name: Required value: name or generateName");
            }
            if (store.find(target.type(), target.namespace(), name).isPresent()) {
                throw ApiFailure.alreadyExists(target.type(), name);
            }
            return new Result(createPrepared(target, object, created -> own(target, null, created, owner)), true);
        }
    }

    private ObjectNode prepared(Target target, ObjectNode body) {
        ObjectNode object = body.deepCopy();
        ObjectNode metadata = object.withObjectProperty("metadata");
        checkNamespace(target, metadata);
        if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
            metadata.put(
                    "name",
                    metadata.path("generateName").asText()
                            + UUID.randomUUID().toString().substring(0, 5));
        }
        admission.normalize(target.type(), object);
        return object;
    }

    private void checkNamespace(Target target, ObjectNode metadata) {
        if (!target.type().namespaced()) {
            metadata.remove("namespace");
            return;
        }
        String inBody = metadata.path("namespace").asText("");
        if (!inBody.isEmpty() && !inBody.equals(target.namespace())) {
            throw ApiFailure.badRequest("the namespace of the provided object does not match the namespace of the URL");
        }
        if (store.list(Target.NAMESPACES, "").stream()
                .noneMatch(each -> each.at("/metadata/name").asText().equals(target.namespace()))) {
            throw ApiFailure.notFound(Target.NAMESPACES, target.namespace());
        }
        metadata.put("namespace", target.namespace());
    }

    private ObjectNode createPrepared(Target target, ObjectNode object, Consumer<ObjectNode> owning) {
        if (target.type().status()) {
            object.remove("status");
        }
        object.put("apiVersion", target.type().apiVersion())
                .put("kind", target.type().kind());
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.remove(SERVER_SIDE_METADATA);
        metadata.remove("resourceVersion");
        metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
        if (hasGeneration(target.type())) {
            metadata.put("generation", 1);
        }
        admission.admit(target.type(), null, object);
        owning.accept(object);
        return store.put(target.type(), object);
    }

    private static boolean hasGeneration(ResourceType type) {
        return type.custom()
                || Set.of("apps", "batch", "policy", "networking.k8s.io").contains(type.group());
    }

    private void own(Target target, @Nullable ObjectNode before, ObjectNode object, FieldOwnership.Owner owner) {
        var kinds = new ListKinds(target.type());
        FieldOwnership ownership = FieldOwnership.of(before == null ? JsonNodeFactory.instance.objectNode() : before);
        ownership.updated(
                owner,
                FieldPaths.leaves(before == null ? JsonNodeFactory.instance.objectNode() : before, kinds),
                FieldPaths.leaves(object, kinds),
                now());
        ownership.writeTo(object);
    }

    /** Replaces (PUT). */
    Result update(Target target, ObjectNode body, FieldOwnership.Owner owner) {
        synchronized (store) {
            if (target.type().custom()
                    && body.at("/metadata/resourceVersion").asText("").isEmpty()) {
                throw ApiFailure.invalid(
                        target.type(), target.name(), "metadata.resourceVersion: Invalid value: 0: must be specified");
            }
            return patch(target, current -> body.deepCopy(), owner);
        }
    }

    /** Changes an object by any function of its current state. */
    Result patch(Target target, UnaryOperator<ObjectNode> change, FieldOwnership.Owner owner) {
        synchronized (store) {
            ObjectNode before = get(target);
            ObjectNode object = change.apply(before.deepCopy());
            admission.normalize(target.type(), object);
            ObjectNode after = settled(target, before, object);
            if (sameContent(before, after)) {
                return new Result(before, false);
            }
            own(target, before, after, owner);
            return new Result(write(target, after), false);
        }
    }

    /** What a patch would make of an object, or why it would be refused (dryRun=All). */
    Result tryPatch(Target target, UnaryOperator<ObjectNode> change) {
        synchronized (store) {
            ObjectNode before = get(target);
            ObjectNode object = change.apply(before.deepCopy());
            admission.normalize(target.type(), object);
            return new Result(settled(target, before, object), false);
        }
    }

    Result apply(Target target, ObjectNode document, FieldOwnership.Owner owner, boolean force) {
        synchronized (store) {
            ObjectNode applied = prepared(target, document);
            applied.withObjectProperty("metadata").remove("managedFields");
            if (target.status()) {
                applied.retain("apiVersion", "kind", "metadata", "status");
            } else if (target.type().status()) {
                applied.remove("status");
            }
            var merge = new ServerSideApply(new ListKinds(target.type()), owner, force, now());
            ObjectNode before =
                    store.find(target.type(), target.namespace(), target.name()).orElse(null);
            if (before == null) {
                return new Result(createApplied(target, applied, merge), true);
            }
            ObjectNode merged = merge.apply(before, applied);
            JsonNode managedFields = merged.at("/metadata/managedFields");
            ObjectNode after = settled(target, before, merged);
            after.withObjectProperty("metadata").set("managedFields", managedFields);
            boolean sameOwners = managedFields.equals(before.at("/metadata/managedFields"));
            if (sameOwners && sameContent(before, after)) {
                return new Result(before, false);
            }
            return new Result(write(target, after), false);
        }
    }

    private ObjectNode createApplied(Target target, ObjectNode applied, ServerSideApply merge) {
        if (!applied.at("/metadata/uid").asText("").isEmpty()) {
            throw ApiFailure.conflict(target.type(), target.name(), "uid mismatch: the object does not exist");
        }
        if (target.status()) {
            throw ApiFailure.notFound(target.type(), target.name());
        }
        applied.withObjectProperty("metadata").put("name", target.name());
        ObjectNode empty = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", target.type().apiVersion());
        JsonNode managedFields = merge.apply(empty, applied).at("/metadata/managedFields");
        return createPrepared(
                target, applied, object -> object.withObjectProperty("metadata").set("managedFields", managedFields));
    }

    // What may be changed through this path, on top of what was there; admitted.
    private ObjectNode settled(Target target, ObjectNode before, ObjectNode wanted) {
        checkIdentity(target, before, wanted);
        ObjectNode after;
        if (target.status()) {
            after = before.deepCopy();
            copy("status", wanted, after);
        } else {
            after = wanted;
            if (target.type().status()) {
                copy("status", before, after);
            }
        }
        after.put("apiVersion", target.type().apiVersion())
                .put("kind", target.type().kind());
        ObjectNode metadata = after.withObjectProperty("metadata");
        SERVER_SIDE_METADATA.forEach(name -> copy(name, before.path("metadata"), metadata));
        copy("name", before.path("metadata"), metadata);
        copy("namespace", before.path("metadata"), metadata);
        copy("resourceVersion", before.path("metadata"), metadata);
        admission.admit(target.type(), before, after);
        if (hasGeneration(target.type()) && !specOf(before).equals(specOf(after))) {
            metadata.put("generation", before.at("/metadata/generation").asLong() + 1);
        }
        return after;
    }

    private static void checkIdentity(Target target, ObjectNode before, ObjectNode wanted) {
        JsonNode metadata = wanted.path("metadata");
        String name = metadata.path("name").asText("");
        if (!name.isEmpty() && !name.equals(target.name())) {
            throw ApiFailure.badRequest("the name of the object (" + name + ") does not match the name on the URL");
        }
        String uid = metadata.path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(before.at("/metadata/uid").asText())) {
            throw ApiFailure.conflict(target.type(), target.name(), "Precondition failed: UID in precondition: " + uid);
        }
        String version = metadata.path("resourceVersion").asText("");
        if (!version.isEmpty()
                && !version.equals(before.at("/metadata/resourceVersion").asText())) {
            throw ApiFailure.conflict(
                    target.type(),
                    target.name(),
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
    }

    private static void copy(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value.deepCopy());
        }
    }

    private static ObjectNode specOf(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove(Set.of("metadata", "status"));
        return copy;
    }

    private static boolean sameContent(ObjectNode before, ObjectNode after) {
        return without(before).equals(without(after));
    }

    private static ObjectNode without(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.withObjectProperty("metadata").remove(Set.of("managedFields", "resourceVersion"));
        return copy;
    }

    // An object that is being deleted goes when its last finalizer goes.
    private ObjectNode write(Target target, ObjectNode after) {
        JsonNode metadata = after.path("metadata");
        boolean held = !metadata.path("finalizers").isEmpty()
                || metadata.path("deletionGracePeriodSeconds").asInt(0) > 0;
        return metadata.has("deletionTimestamp") && !held
                ? store.remove(target.type(), after)
                : store.put(target.type(), after);
    }

    /** @param removed whether the object is gone; otherwise it waits for its finalizers or for its grace period */
    record Deletion(ObjectNode object, boolean removed) {}

    Deletion delete(Target target, DeleteOptions options) {
        synchronized (store) {
            ObjectNode before = get(target);
            options.check(target.type(), before);
            ObjectNode after = before.deepCopy();
            ObjectNode metadata = after.withObjectProperty("metadata");
            options.finalizer().ifPresent(finalizer -> addFinalizer(metadata, finalizer));
            long grace = options.gracePeriod(target.type(), before);
            if (metadata.path("finalizers").isEmpty() && grace == 0) {
                return new Deletion(store.remove(target.type(), before), true);
            }
            if (!metadata.has("deletionTimestamp")) {
                metadata.put("deletionTimestamp", now());
            }
            metadata.put("deletionGracePeriodSeconds", grace);
            return Objects.equals(before, after)
                    ? new Deletion(before, false)
                    : new Deletion(store.put(target.type(), after), false);
        }
    }

    private static void addFinalizer(ObjectNode metadata, String finalizer) {
        for (JsonNode each : metadata.path("finalizers")) {
            if (each.asText().equals(finalizer)) {
                return;
            }
        }
        metadata.withArrayProperty("finalizers").add(finalizer);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
