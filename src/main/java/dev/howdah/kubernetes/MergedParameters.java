package dev.howdah.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an instance after an update: key by key, a null removes its key, any other value replaces the former one as a
 * whole. Only extensions add up, because none is ever dropped.
 *
 * @param values all that hold afterwards
 * @param sent those that the update named
 */
record MergedParameters(Map<String, Object> values, Map<String, Object> sent) {
    private static final List<String> FIXED = List.of("init-db-args", "database", "version");

    /** @throws ImpossibleChange if a parameter would change that only counts at creation */
    static MergedParameters of(Map<String, Object> former, @Nullable Map<String, Object> sent) {
        Map<String, Object> named = sent == null ? Map.of() : sent;
        for (String name : FIXED) {
            if (named.containsKey(name) && !Objects.equals(named.get(name), former.get(name))) {
                throw new ImpossibleChange("%s can only be given when the instance is made".formatted(name));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>(former);
        named.forEach((name, value) -> {
            if (value == null) {
                values.remove(name);
            } else {
                values.put(name, value);
            }
        });
        List<String> extensions = union(
                InstanceParameters.of(former).extensions(),
                InstanceParameters.of(values).extensions());
        if (!extensions.isEmpty() && named.containsKey("extensions")) {
            values.put("extensions", extensions);
        }
        return new MergedParameters(values, named);
    }

    InstanceParameters parameters() {
        return InstanceParameters.of(values);
    }

    boolean names(String parameter) {
        return sent.containsKey(parameter);
    }

    boolean changes(@Nullable JsonNode former) {
        return !Json.same(Json.tree(values), former);
    }

    @Nullable
    List<String> extensions(@Nullable List<String> present) {
        List<String> all = union(present, parameters().extensions());
        return all.isEmpty() ? present : all;
    }

    private static List<String> union(@Nullable List<String> first, @Nullable List<String> second) {
        Set<String> all = new LinkedHashSet<>(first == null ? List.of() : first);
        all.addAll(second == null ? List.of() : second);
        return List.copyOf(all);
    }
}
