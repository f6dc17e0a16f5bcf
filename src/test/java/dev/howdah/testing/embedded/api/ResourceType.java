package dev.howdah.testing.embedded.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object that the API serves.
 *
 * @param group the API group; empty for the core group
 * @param status whether it has the status subresource
 * @param schema of a custom resource
 */
record ResourceType(
        String group,
        String version,
        String plural,
        String kind,
        boolean namespaced,
        boolean status,
        List<String> shortNames,
        @Nullable StructuralSchema schema) {

    boolean custom() {
        return schema != null;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    boolean is(String group, String plural) {
        return this.group.equals(group) && this.plural.equals(plural);
    }

    // Two versions of one resource do not occur here, so group and plural identify it.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceType type && is(type.group, type.plural);
    }

    @Override
    public int hashCode() {
        return plural.hashCode();
    }
}
