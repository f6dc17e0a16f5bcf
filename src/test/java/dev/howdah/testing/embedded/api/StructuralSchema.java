package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The OpenAPI v3 schema of a custom resource, applied as an API server does: unknown fields and nulls are pruned, defaults
 * filled in, the rest is validated. CEL rules are not evaluated.
 */
final class StructuralSchema {
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

    private final JsonNode root;

    StructuralSchema(JsonNode root) {
        this.root = root;
    }

    /** Prunes and defaults the object in place. */
    void shape(ObjectNode object) {
        for (Map.Entry<String, JsonNode> property : root.path("properties").properties()) {
            if (!OF_EVERY_OBJECT.contains(property.getKey())) {
                setDefault(object, property);
            }
        }
        if (!preserves(root)) {
            object.retain(names());
        }
        for (Map.Entry<String, JsonNode> property : root.path("properties").properties()) {
            JsonNode value = object.get(property.getKey());
            if (value != null && !OF_EVERY_OBJECT.contains(property.getKey())) {
                shape(value, property.getValue());
            }
        }
    }

    private List<String> names() {
        var names = new ArrayList<>(OF_EVERY_OBJECT);
        root.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void shape(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            JsonNode properties = schema.path("properties");
            JsonNode others = schema.path("additionalProperties");
            prune(object, schema, properties, others);
            properties.properties().forEach(property -> setDefault(object, property));
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode known = properties.get(field.getKey());
                if (known != null || !others.isMissingNode()) {
                    shape(field.getValue(), known != null ? known : others);
                }
            }
        } else if (value.isArray()) {
            value.forEach(item -> shape(item, schema.path("items")));
        }
    }

    private static void prune(ObjectNode object, JsonNode schema, JsonNode properties, JsonNode others) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode known = properties.get(field.getKey());
            boolean unknown = known == null && others.isMissingNode() && !preserves(schema);
            boolean unwantedNull = known != null
                    && field.getValue().isNull()
                    && !known.path("nullable").asBoolean();
            if (unknown || unwantedNull) {
                fields.remove();
            }
        }
    }

    private static void setDefault(ObjectNode object, Map.Entry<String, JsonNode> property) {
        JsonNode value = property.getValue().get("default");
        if (value != null && !object.has(property.getKey())) {
            object.set(property.getKey(), value.deepCopy());
        }
    }

    private static boolean preserves(JsonNode schema) {
        return schema.path(PRESERVE).asBoolean();
    }

    /** What is wrong, one sentence per field; empty when the object is valid. */
    List<String> violations(ObjectNode object) {
        var found = new ArrayList<String>();
        required(object, root, "", found);
        for (Map.Entry<String, JsonNode> property : root.path("properties").properties()) {
            JsonNode value = object.get(property.getKey());
            if (value != null && !OF_EVERY_OBJECT.contains(property.getKey())) {
                check(value, property.getValue(), property.getKey(), found);
            }
        }
        return found;
    }

    private static void check(JsonNode value, JsonNode schema, String path, List<String> found) {
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        if (!hasType(value, schema)) {
            found.add(path + ": Invalid value: must be of type "
                    + schema.path("type").asText());
            return;
        }
        checkEnum(value, schema, path, found);
        if (value.isObject()) {
            checkObject(value, schema, path, found);
        } else if (value.isArray()) {
            checkArray(value, schema, path, found);
        } else if (value.isNumber()) {
            checkNumber(value, schema, path, found);
        } else if (value.isTextual()) {
            checkText(value.asText(), schema, path, found);
        }
    }

    private static boolean hasType(JsonNode value, JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (schema.path("type").asText("")) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber() || value.isNumber() && value.doubleValue() % 1 == 0;
            case "number" -> value.isNumber();
            default -> true;
        };
    }

    private static void checkEnum(JsonNode value, JsonNode schema, String path, List<String> found) {
        JsonNode allowed = schema.path("enum");
        if (allowed.isMissingNode()) {
            return;
        }
        for (JsonNode each : allowed) {
            if (each.equals(value)) {
                return;
            }
        }
        found.add(path + ": Unsupported value: " + value + ": supported values: " + allowed);
    }

    private static void required(JsonNode value, JsonNode schema, String path, List<String> found) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                found.add((path.isEmpty() ? "" : path + ".") + name.asText() + ": Required value");
            }
        }
    }

    private static void checkObject(JsonNode value, JsonNode schema, String path, List<String> found) {
        required(value, schema, path, found);
        atMost(value.size(), schema, "maxProperties", path, "must have at most ", found);
        atLeast(value.size(), schema, "minProperties", path, "must have at least ", found);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = schema.path("properties").get(field.getKey());
            check(
                    field.getValue(),
                    known != null ? known : schema.path("additionalProperties"),
                    path + "." + field.getKey(),
                    found);
        }
    }

    private static void checkArray(JsonNode value, JsonNode schema, String path, List<String> found) {
        atMost(value.size(), schema, "maxItems", path, "must have at most ", found);
        atLeast(value.size(), schema, "minItems", path, "must have at least ", found);
        for (int index = 0; index < value.size(); index++) {
            check(value.get(index), schema.path("items"), path + "[" + index + "]", found);
        }
    }

    private static void checkNumber(JsonNode value, JsonNode schema, String path, List<String> found) {
        atMost(value.doubleValue(), schema, "maximum", path, "should be less than or equal to ", found);
        atLeast(value.doubleValue(), schema, "minimum", path, "should be greater than or equal to ", found);
    }

    private static void checkText(String value, JsonNode schema, String path, List<String> found) {
        int length = value.codePointCount(0, value.length());
        atMost(length, schema, "maxLength", path, "may not be longer than ", found);
        atLeast(length, schema, "minLength", path, "should be at least as long as ", found);
        String pattern = schema.path("pattern").asText("");
        if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(value).find()) {
            found.add(path + ": Invalid value: \"" + value + "\": should match '" + pattern + "'");
        }
    }

    private static void atMost(
            double value, JsonNode schema, String bound, String path, String text, List<String> found) {
        if (schema.has(bound) && value > schema.path(bound).doubleValue()) {
            found.add(path + ": Invalid value: " + text + schema.path(bound).asText());
        }
    }

    private static void atLeast(
            double value, JsonNode schema, String bound, String path, String text, List<String> found) {
        if (schema.has(bound) && value < schema.path(bound).doubleValue()) {
            found.add(path + ": Invalid value: " + text + schema.path(bound).asText());
        }
    }

    /** The keys of a list at a path of field names, when the schema makes it a map; empty for a list that is one value. */
    List<String> listKeys(List<String> path) {
        JsonNode schema = root;
        for (String field : path) {
            schema = schema.path("type").asText().equals("array") ? schema.path("items") : schema;
            JsonNode known = schema.path("properties").get(field);
            schema = known != null ? known : schema.path("additionalProperties");
        }
        var keys = new ArrayList<String>();
        schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
