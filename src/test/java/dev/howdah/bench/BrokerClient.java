package dev.howdah.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform that asks a broker for one plan and polls as fast as is decent. */
final class BrokerClient {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private final URI url;
    private final String authorization;
    private final String serviceId;
    private final String planId;

    /**
     * @param url where the broker is, without {@code /v2}
     * @param plan name of a plan of its first service
     */
    BrokerClient(URI url, String user, String password, String plan) {
        this.url = url;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        JsonNode service =
                body(call("GET", "/v2/catalog", null)).get("services").get(0);
        this.serviceId = service.get("id").asString();
        this.planId = service.get("plans")
                .valueStream()
                .filter(candidate -> candidate.get("name").asString().equals(plan))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The broker has no plan " + plan))
                .get("id")
                .asString();
    }

    /** Returns once the answer to the request is there. */
    HttpResponse<String> requestInstance(String instance) {
        return call("PUT", "/v2/service_instances/%s?accepts_incomplete=true".formatted(instance), """
                {"service_id":"%s","plan_id":"%s","organization_guid":"bench","space_guid":"bench",
                 "context":{"platform":"bench"}}""".formatted(
                        serviceId, planId));
    }

    /** Returns once the instance is ready, or the deletion over. */
    void await(String instance, HttpResponse<String> accepted) {
        if (accepted.statusCode() != 202) {
            return;
        }
        String operation = body(accepted).get("operation").asString();
        while (true) {
            JsonNode last = body(call(
                    "GET",
                    "/v2/service_instances/%s/last_operation?operation=%s".formatted(instance, operation),
                    null));
            switch (last.path("state").asString("gone")) {
                case "succeeded", "gone" -> {
                    return;
                }
                case "failed" ->
                    throw new IllegalStateException(last.get("description").asString());
                default -> pause();
            }
        }
    }

    /** The credentials. */
    JsonNode bind(String instance, String binding) {
        return body(call(
                        "PUT",
                        "/v2/service_instances/%s/service_bindings/%s".formatted(instance, binding),
                        "{\"service_id\":\"%s\",\"plan_id\":\"%s\"}".formatted(serviceId, planId)))
                .get("credentials");
    }

    void unbind(String instance, String binding) {
        call(
                "DELETE",
                "/v2/service_instances/%s/service_bindings/%s?service_id=%s&plan_id=%s"
                        .formatted(instance, binding, serviceId, planId),
                null);
    }

    HttpResponse<String> deprovision(String instance) {
        return call(
                "DELETE",
                "/v2/service_instances/%s?accepts_incomplete=true&service_id=%s&plan_id=%s"
                        .formatted(instance, serviceId, planId),
                null);
    }

    private HttpResponse<String> call(String method, String path, @org.jspecify.annotations.Nullable String body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("X-Broker-API-Version", "2.17")
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 400 && response.statusCode() != 410) {
                throw new IllegalStateException(
                        "%s %s: %d %s".formatted(method, path, response.statusCode(), response.body()));
            }
            return response;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    private JsonNode body(HttpResponse<String> response) {
        return json.readTree(response.body());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }
}
