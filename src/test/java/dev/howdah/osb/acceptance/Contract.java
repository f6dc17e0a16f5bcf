package dev.howdah.osb.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The answers of the API as openapi.yaml of OSB 2.17 describes them.
 *
 * <p>Where the file is behind the text of the specification, the text counts; all such places are in {@link #schemaOf}.
 */
final class Contract {
    private static final JsonNode FILE = load();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialects.getOpenApi30());
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final String INSTANCE = "/v2/service_instances/{instance_id}";
    private static final String BINDING = INSTANCE + "/service_bindings/{binding_id}";
    private static final Map<String, Pattern> ROUTES = Map.of(
            "/v2/catalog",
            Pattern.compile("/v2/catalog"),
            INSTANCE,
            Pattern.compile("/v2/service_instances/[^/]+"),
            INSTANCE + "/last_operation",
            Pattern.compile("/v2/service_instances/[^/]+/last_operation"),
            BINDING,
            Pattern.compile("/v2/service_instances/[^/]+/service_bindings/[^/]+"),
            BINDING + "/last_operation",
            Pattern.compile("/v2/service_instances/[^/]+/service_bindings/[^/]+/last_operation"));
    private static final Pattern ERROR_WORD = Pattern.compile("[A-Z][A-Za-z]+");

    private Contract() {}

    static void check(String method, String path, Answer answer) {
        if (answer.status() == 304 || method.equals("HEAD") || method.equals("OPTIONS")) {
            assertThat(answer.text()).isEmpty();
            return;
        }
        assertThat(answer.header("Content-Type"))
                .as("%s %s", method, path)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("application/json");
        assertThat(answer.json().isObject()).as(answer.text()).isTrue();
        if (answer.status() >= 400) {
            checkError(answer);
        }
        JsonNode reference = schemaOf(method, path, answer.status());
        assertThat(schema(reference.asString()).validate(answer.json()))
                .as("%s %s %d %s", method, path, answer.status(), answer.text())
                .isEmpty();
    }

    private static void checkError(Answer answer) {
        assertThat(answer.json().propertyNames())
                .isSubsetOf("error", "description", "instance_usable", "update_repeatable");
        assertThat(answer.description()).as(answer.text()).isNotBlank();
        assertThat(answer.json().path("error").asString("")).matches(ERROR_WORD);
        assertThat(answer.text())
                .doesNotContain("Exception", "org.springframework", "dev.howdah", "java.", "tools.jackson", "\tat ");
    }

    /**
     * The file lacks the answers 404 and 412 to most calls (OSB, API Version Header; decisions on unknown instances), 401 to
     * fetching, and of course those outside the API (405, 413, 500, 503). All have the body of every error.
     */
    private static JsonNode schemaOf(String method, String path, int status) {
        String fallback = status >= 400 ? "Error" : "Object";
        JsonNode described = ROUTES.entrySet().stream()
                .filter(route -> route.getValue().matcher(path).matches())
                .map(route -> FILE.path("paths")
                        .path(route.getKey())
                        .path(method.toLowerCase(Locale.ROOT))
                        .path("responses")
                        .path(Integer.toString(status))
                        .path("content")
                        .path("application/json")
                        .path("schema")
                        .path("$ref"))
                .filter(JsonNode::isString)
                .findFirst()
                .orElse(FILE.path("missing"));
        return described.isString()
                ? described
                : JsonNodeFactory.instance.stringNode("#/components/schemas/" + fallback);
    }

    private static Schema schema(String reference) {
        return SCHEMAS.computeIfAbsent(reference, unused -> {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set("components", FILE.path("components"));
            document.putArray("allOf").addObject().put("$ref", reference);
            return REGISTRY.getSchema(document);
        });
    }

    private static JsonNode load() {
        try (InputStream file = Contract.class.getResourceAsStream("/osb/openapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
