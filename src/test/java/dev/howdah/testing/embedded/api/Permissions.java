package dev.howdah.testing.embedded.api;

import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a caller may do, as a Role of RBAC says, and what it has done so far. Whoever brings the token {@value #TOKEN} is held to
 * {@link #SHIPPED}, so every test of the broker is one of the permissions that it is installed with.
 */
public final class Permissions {
    /** Of the broker's ServiceAccount. */
    public static final String TOKEN = "howdah";

    /** The Role in broker-manifests. */
    public static final Permissions SHIPPED = ofRole(Path.of("broker-manifests", "base", "rbac.yaml"));

    /** @param resource plural, with the subresource behind a slash */
    public record Permission(String group, String resource, String verb) {}

    private final Set<Permission> granted;
    private final Set<Permission> used = ConcurrentHashMap.newKeySet();

    private Permissions(Set<Permission> granted) {
        this.granted = granted;
    }

    private static Permissions ofRole(Path file) {
        try {
            Role role = Arrays.stream(Files.readString(file).split("(?m)^---$"))
                    .map(document -> Serialization.<Object>unmarshal(document))
                    .filter(Role.class::isInstance)
                    .map(Role.class::cast)
                    .findFirst()
                    .orElseThrow();
            return new Permissions(role.getRules().stream()
                    .flatMap(rule -> rule.getApiGroups().stream()
                            .flatMap(group -> rule.getResources().stream()
                                    .flatMap(resource -> rule.getVerbs().stream()
                                            .map(verb -> new Permission(group, resource, verb)))))
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Set<Permission> granted() {
        return granted;
    }

    public Set<Permission> used() {
        return Set.copyOf(used);
    }

    /** A Role is of one namespace, so nothing is permitted in all of them at once, nor outside of them. */
    boolean permits(ApiCall call, ResourcePath path) {
        Permission wanted = new Permission(group(path), resource(path), verb(call, path));
        used.add(wanted);
        return granted.contains(wanted) && !path.namespace().isEmpty();
    }

    private static String group(ResourcePath path) {
        int slash = path.apiVersion().indexOf('/');
        return slash < 0 ? "" : path.apiVersion().substring(0, slash);
    }

    private static String resource(ResourcePath path) {
        return path.subresource() == null ? path.plural() : path.plural() + "/" + path.subresource();
    }

    private static String verb(ApiCall call, ResourcePath path) {
        boolean collection = path.name() == null;
        return switch (call.method()) {
            case "GET" -> call.watch() ? "watch" : collection ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> call.method();
        };
    }
}
