package dev.howdah.testing.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Label and field selectors, as in the query of a list or a watch. */
final class Selector {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\((.*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(.*)");

    private Selector() {}

    static Predicate<JsonNode> of(@Nullable String labels, @Nullable String fields) {
        Predicate<JsonNode> matches = object -> true;
        for (String requirement : split(labels)) {
            matches = matches.and(label(requirement));
        }
        for (String requirement : split(fields)) {
            matches = matches.and(field(requirement));
        }
        return matches;
    }

    // Commas inside of parentheses part values, not requirements.
    private static List<String> split(@Nullable String selector) {
        var requirements = new ArrayList<String>();
        if (selector != null && !selector.isBlank()) {
            for (String part : selector.split(",(?![^(]*\\))")) {
                requirements.add(part.strip());
            }
        }
        return requirements;
    }

    private static Predicate<JsonNode> label(String requirement) {
        Matcher set = SET.matcher(requirement);
        if (set.matches()) {
            List<String> values =
                    Arrays.stream(set.group(3).split(",")).map(String::strip).toList();
            boolean in = set.group(2).equals("in");
            return object -> (labelOf(object, set.group(1)) instanceof String value && values.contains(value)) == in;
        }
        Matcher equality = EQUALITY.matcher(requirement);
        if (equality.matches()) {
            boolean equal = !equality.group(2).equals("!=");
            return object -> equality.group(3).equals(labelOf(object, equality.group(1))) == equal;
        }
        boolean absent = requirement.startsWith("!");
        String name = absent ? requirement.substring(1) : requirement;
        return object -> (labelOf(object, name) == null) == absent;
    }

    private static @Nullable String labelOf(JsonNode object, String name) {
        JsonNode value = object.path("metadata").path("labels").get(name);
        return value == null ? null : value.asText();
    }

    private static Predicate<JsonNode> field(String requirement) {
        Matcher equality = EQUALITY.matcher(requirement);
        if (!equality.matches()) {
            throw ApiFailure.badRequest("invalid field selector: " + requirement);
        }
        boolean equal = !equality.group(2).equals("!=");
        String pointer = "/" + equality.group(1).replace('.', '/');
        return object -> object.at(pointer).asText("").equals(equality.group(3)) == equal;
    }
}
