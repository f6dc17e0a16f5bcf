package dev.howdah.testing.embedded.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The object, or the collection, that a request works on.
 *
 * @param namespace empty for all namespaces and for cluster-wide objects
 * @param name empty for a collection
 * @param status whether the request speaks to the status subresource
 */
record Target(ResourceType type, String namespace, String name, boolean status) {
    static final ResourceType NAMESPACES =
            new ResourceType("", "v1", "namespaces", "Namespace", false, true, List.of(), null);

    static Target of(ResourceType type, ResourcePath path) {
        @Nullable String name = path.name();
        return new Target(type, path.namespace(), name == null ? "" : name, "status".equals(path.subresource()));
    }

    Target named(String name) {
        return new Target(type, namespace, name, status);
    }

    boolean collection() {
        return name.isEmpty();
    }
}
