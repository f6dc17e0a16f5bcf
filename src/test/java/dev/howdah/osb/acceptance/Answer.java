package dev.howdah.osb.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the broker answered. */
public record Answer(int status, HttpHeaders headers, String text) {
    private static final JsonMapper JSON = JsonMapper.shared();

    JsonNode json() {
        return JSON.readTree(text);
    }

    String operation() {
        return json().path("operation").asString("");
    }

    String state() {
        return json().path("state").asString("");
    }

    String description() {
        return json().path("description").asString("");
    }

    List<String> header(String name) {
        return headers.allValues(name);
    }

    Map<String, String> credentials() {
        return json().path("credentials").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asString()));
    }

    Answer hasStatus(int... expected) {
        assertThat(expected).as("status, with the body %s", text).contains(status);
        return this;
    }

    /** Of the form that every error has, with this code. */
    Answer isError(int expected, String code) {
        hasStatus(expected);
        assertThat(json().path("error").asString("")).as(text).isEqualTo(code);
        return this;
    }

    Answer says(String... words) {
        assertThat(description()).contains(words);
        return this;
    }
}
