package dev.howdah.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Whether an object has everything that is wished of it. What the API server and other controllers added does not matter;
 * what a person changed or took away does.
 */
final class Agreement {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Agreement() {}

    static boolean holds(Object wished, Object observed) {
        return covers(JSON.valueToTree(wished), JSON.valueToTree(observed));
    }

    private static boolean covers(JsonNode wished, JsonNode observed) {
        if (wished.isBoolean()) {
            return wished.asBoolean() == observed.asBoolean(false);
        }
        if (isEmpty(wished)) {
            return true;
        }
        if (wished.isObject()) {
            return wished.propertyStream().allMatch(field -> covers(field.getValue(), observed.path(field.getKey())));
        }
        if (wished.isArray()) {
            return wished.size() == observed.size()
                    && IntStream.range(0, wished.size()).allMatch(i -> covers(wished.get(i), observed.path(i)));
        }
        return wished.asText().equals(observed.asText()) || areEqualQuantities(wished, observed);
    }

    /** The API server leaves out what is empty or null. */
    private static boolean isEmpty(JsonNode node) {
        if (node.isObject()) {
            return StreamSupport.stream(node.spliterator(), false).allMatch(Agreement::isEmpty);
        }
        return node.isNull()
                || node.isMissingNode()
                || (node.isArray() && node.isEmpty())
                || (node.isTextual() && node.asText().isEmpty());
    }

    /** The API server writes 1024Mi as 1Gi. */
    private static boolean areEqualQuantities(JsonNode wished, JsonNode observed) {
        if (!wished.isTextual() || !observed.isTextual() || !startsWithDigit(wished) || !startsWithDigit(observed)) {
            return false;
        }
        try {
            return new Quantity(wished.asText()).equals(new Quantity(observed.asText()));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean startsWithDigit(JsonNode node) {
        return !node.asText().isEmpty() && Character.isDigit(node.asText().charAt(0));
    }
}
