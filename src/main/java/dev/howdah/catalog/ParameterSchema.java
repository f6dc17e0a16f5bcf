package dev.howdah.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parameters of one kind of request: the JSON schema that the catalog publishes, and the check that enforces it.
 *
 * <p>Draft 4 is the only draft that every platform has to understand (OSB, Input Parameters Schema Object).
 */
public final class ParameterSchema {
    private static final String DRAFT = "http://json-schema.org/draft-04/schema#";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Object> document;
    private volatile @Nullable Schema schema;
    private final Function<Map<String, ?>, List<String>> furtherChecks;

    private ParameterSchema(Map<String, Object> document, Function<Map<String, ?>, List<String>> furtherChecks) {
        this.document = document;
        this.furtherChecks = furtherChecks;
    }

    /**
     * @param properties the schemas of the parameters; others are refused
     * @param furtherChecks what a schema cannot say; applied to parameters that fit the schema
     */
    static ParameterSchema of(Map<String, Object> properties, Function<Map<String, ?>, List<String>> furtherChecks) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", DRAFT);
        document.put("type", "object");
        document.put("properties", properties);
        document.put("additionalProperties", false);
        return new ParameterSchema(document, furtherChecks);
    }

    /** What reads schemas takes its time to start, and the first request to have parameters may be a while away. */
    private static final class Schemas {
        static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4);
    }

    private Schema schema() {
        Schema known = schema;
        if (known == null) {
            known = Schemas.REGISTRY.getSchema(JSON.<JsonNode>valueToTree(document));
            schema = known;
        }
        return known;
    }

    /** Makes the first check as quick as those that follow. */
    public void prepare() {
        problems(Map.of());
    }

    /** The JSON schema, {@code $schema} included. */
    public Map<String, Object> document() {
        return document;
    }

    /**
     * What is wrong with {@code parameters}, each naming the path and what is allowed, as in
     * {@code parameters.storage must be from 1Gi to 5Gi}. Empty if nothing is.
     */
    public List<String> problems(Map<String, ?> parameters) {
        List<Error> errors = schema().validate(JSON.<JsonNode>valueToTree(parameters));
        List<String> problems = errors.isEmpty()
                ? furtherChecks.apply(parameters)
                : errors.stream().map(this::describe).distinct().toList();
        return problems.stream().map(problem -> "parameters." + problem).toList();
    }

    private String describe(Error error) {
        List<String> path = path(error);
        Map<?, ?> schema = schemaAt(path);
        String name = path.isEmpty() ? "" : String.join(".", path);
        if (schema.containsKey("oneOf")) {
            return name + " is not in the form: " + schema.get("description");
        }
        return switch (Objects.requireNonNullElse(error.getKeyword(), "")) {
            case "additionalProperties" ->
                "%s%s is not known; known are %s"
                        .formatted(
                                name.isEmpty() ? "" : name + ".",
                                error.getProperty(),
                                properties(schema).keySet());
            case "enum" -> "%s must be one of %s".formatted(name, schema.get("enum"));
            case "type" -> "%s must be of type %s%s".formatted(name, schema.get("type"), explained(schema));
            case "pattern" -> "%s is not in the form allowed%s".formatted(name, explained(schema));
            case "not" -> "%s is reserved%s".formatted(name, explained(schema));
            case "minimum", "maximum" ->
                "%s must be from %s to %s".formatted(name, schema.get("minimum"), schema.get("maximum"));
            default -> "%s %s%s".formatted(name, error.getMessage(), explained(schema));
        };
    }

    private static List<String> path(Error error) {
        return Stream.iterate(0, index -> index + 1)
                .limit(error.getInstanceLocation().getNameCount())
                .map(index -> error.getInstanceLocation().getName(index))
                .toList();
    }

    /** The schema of the value at {@code path}; the innermost one that says something of it. */
    private Map<?, ?> schemaAt(List<String> path) {
        Map<?, ?> current = document;
        for (String name : path) {
            Object next =
                    properties(current).containsKey(name) ? properties(current).get(name) : current.get("items");
            if (!(next instanceof Map<?, ?> map)) {
                return current;
            }
            current = map;
        }
        return current;
    }

    private static Map<?, ?> properties(Map<?, ?> schema) {
        return schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String explained(Map<?, ?> schema) {
        return schema.get("description") instanceof String text ? ": " + text : "";
    }
}
