package dev.howdah.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects as requests have them (maps) and as custom resources have them (trees). */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** Numbers by value, because the API server writes 1.0 as 1. */
    private static final Comparator<JsonNode> BY_VALUE = (left, right) -> {
        if (left instanceof NumericNode && right instanceof NumericNode) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
    };

    private Json() {}

    static @Nullable JsonNode tree(@Nullable Map<String, Object> object) {
        try {
            return object == null ? null : MAPPER.readTree(MAPPER.writeValueAsBytes(object));
        } catch (IOException unwritable) {
            throw new IllegalArgumentException("Not a JSON object", unwritable);
        }
    }

    static Map<String, Object> map(@Nullable JsonNode tree) {
        return tree == null || !tree.isObject() ? Map.of() : MAPPER.convertValue(tree, OBJECT);
    }

    /** Whether both say the same; absent, null and the empty object do. */
    static boolean same(@Nullable JsonNode left, @Nullable JsonNode right) {
        return orEmpty(left).equals(BY_VALUE, orEmpty(right));
    }

    private static JsonNode orEmpty(@Nullable JsonNode tree) {
        return tree == null || tree.isNull() ? JsonNodeFactory.instance.objectNode() : tree;
    }
}
