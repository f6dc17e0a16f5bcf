package dev.howdah.kubernetes;

import dev.howdah.catalog.AllowedSettings;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an instance, read from JSON. The plan's schema has been enforced before; what still does not fit is refused here
 * by name, so that no wrong resource is ever written.
 *
 * @param storage size of the volume
 * @param version major version of PostgreSQL
 */
record InstanceParameters(
        @Nullable String storage,
        @Nullable String version,
        @Nullable Map<String, String> settings,
        @Nullable List<String> initdbArgs,
        @Nullable String database,
        @Nullable List<String> extensions) {

    /** @throws IllegalArgumentException naming the parameter and what it has to be */
    static InstanceParameters of(Map<String, ?> parameters) {
        return new InstanceParameters(
                quantity(parameters.get("storage")),
                text("version", parameters.get("version")),
                settings(parameters.get("settings")),
                words("init-db-args", parameters.get("init-db-args")),
                text("database", parameters.get("database")),
                words("extensions", parameters.get("extensions")));
    }

    private static @Nullable String quantity(@Nullable Object value) {
        String text = text("storage", value);
        if (text == null) {
            return null;
        }
        try {
            if (Quantity.getAmountInBytes(new Quantity(text)).signum() > 0) {
                return text;
            }
        } catch (IllegalArgumentException notOne) {
            // said below, in the words of the API
        }
        throw new IllegalArgumentException("storage: '%s' is not a size above zero, as in 10Gi".formatted(text));
    }

    private static @Nullable String text(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Number number -> number.toString();
            default -> throw new IllegalArgumentException(name + ": must be a text");
        };
    }

    private static @Nullable List<String> words(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text ->
                Arrays.stream(text.split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> throw new IllegalArgumentException(name + ": must be a text or a list of texts");
        };
    }

    private static @Nullable Map<String, String> settings(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> String.valueOf(entry.getKey()),
                                entry -> AllowedSettings.render(entry.getValue()),
                                (first, second) -> second,
                                LinkedHashMap::new));
            default -> throw new IllegalArgumentException("settings: must be an object");
        };
    }
}
