package dev.howdah.testing.embedded.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a URL speaks of.
 *
 * @param namespace empty for all namespaces and for cluster-wide objects
 * @param name absent for a collection
 * @param subresource absent for the object itself
 */
record ResourcePath(
        String apiVersion,
        String plural,
        String namespace,
        @Nullable String name,
        @Nullable String subresource) {

    /** Reads {@code /api/v1/…} and {@code /apis/<group>/<version>/…}; empty for any other path. */
    static Optional<ResourcePath> parse(String path) {
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
        if (parts.size() >= 3 && parts.getFirst().equals("api")) {
            return of(parts.get(1), parts.subList(2, parts.size()));
        }
        if (parts.size() >= 4 && parts.getFirst().equals("apis")) {
            return of(parts.get(1) + "/" + parts.get(2), parts.subList(3, parts.size()));
        }
        return Optional.empty();
    }

    private static Optional<ResourcePath> of(String apiVersion, List<String> rest) {
        boolean inNamespace = rest.size() >= 3
                && rest.getFirst().equals("namespaces")
                && !rest.get(2).equals("status");
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> names = inNamespace ? rest.subList(2, rest.size()) : rest;
        return names.size() > 3
                ? Optional.empty()
                : Optional.of(new ResourcePath(
                        apiVersion,
                        names.getFirst(),
                        namespace,
                        names.size() > 1 ? names.get(1) : null,
                        names.size() > 2 ? names.get(2) : null));
    }
}
