package dev.howdah.osb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object that a platform sent. Reading a field says what is wrong in the words of the API; null counts as absent;
 * fields that nobody reads are ignored (OSB, Vendor Extension Fields).
 */
final class JsonBody {
    private static final int MAX_DEPTH = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    static JsonBody parse(byte[] json) {
        try {
            return of(MAPPER.readTree(json));
        } catch (JacksonException malformed) {
            throw OsbException.badRequest("The body is not well-formed JSON%s.".formatted(place(malformed)));
        }
    }

    static JsonBody parse(String json) {
        return of(MAPPER.readTree(json));
    }

    private static JsonBody of(JsonNode node) {
        if (!node.isObject()) {
            throw OsbException.badRequest("The body has to be a JSON object.");
        }
        return new JsonBody(node);
    }

    private static String place(JacksonException malformed) {
        return malformed.getLocation() == null || malformed.getLocation().getLineNr() < 1
                ? ""
                : " (line %d, column %d)"
                        .formatted(
                                malformed.getLocation().getLineNr(),
                                malformed.getLocation().getColumnNr());
    }

    /** Refuses the body if one of {@code fields} is absent or no text, naming all of them at once. */
    void require(String... fields) {
        List<String> missing = new ArrayList<>();
        for (String field : fields) {
            JsonNode value = object.path(field);
            if (!value.isString() || value.asString().isEmpty()) {
                missing.add(field);
            }
        }
        if (!missing.isEmpty()) {
            throw OsbException.badRequest(
                    "The body needs %s: text that is not empty.".formatted(String.join(", ", missing)));
        }
    }

    /** Null if absent. */
    @Nullable
    String text(String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString() || value.asString().isEmpty()) {
            throw OsbException.badRequest("%s has to be text that is not empty.".formatted(field));
        }
        return value.asString();
    }

    /** Null if absent. */
    @Nullable
    JsonBody body(String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isObject()) {
            throw OsbException.badRequest("%s has to be a JSON object.".formatted(field));
        }
        return new JsonBody(value);
    }

    /** Null if absent. */
    @Nullable
    Map<String, Object> object(String field) {
        JsonBody body = body(field);
        return body == null ? null : body.asMap();
    }

    Map<String, Object> asMap() {
        return MAPPER.convertValue(object, OBJECT);
    }
}
