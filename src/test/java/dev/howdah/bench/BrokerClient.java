package dev.howdah.bench;

import dev.howdah.testing.OsbClient;
import dev.howdah.testing.OsbClient.Answer;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A platform that asks a broker for one plan. Whatever is not a success ends the benchmark. */
final class BrokerClient {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final OsbClient osb;
    private final String serviceId;
    private final String planId;

    /** @param plan name of a plan of the broker's first service */
    BrokerClient(OsbClient osb, String plan) {
        this.osb = osb;
        JsonNode service = succeed(osb.get("/v2/catalog")).path("services").path(0);
        this.serviceId = service.path("id").asString();
        this.planId = service.path("plans")
                .valueStream()
                .filter(candidate -> candidate.path("name").asString().equals(plan))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The broker has no plan " + plan))
                .path("id")
                .asString();
    }

    /** Returns when the instance is ready. */
    void provision(String instance) {
        succeed(osb.awaitOperation(path(instance), ask(instance), PATIENCE));
    }

    /** The first answer, which may be that it is accepted. */
    Answer ask(String instance) {
        Answer answer = put(instance);
        succeed(answer);
        return answer;
    }

    /** As platforms do: what is answered with 503 is asked for again. */
    void askAgainAfter503(String instance) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Answer answer = put(instance);
        while (answer.status() == 503 && System.nanoTime() < end) {
            answer = put(instance);
        }
        succeed(answer);
    }

    private Answer put(String instance) {
        return osb.put(path(instance) + "?accepts_incomplete=true", provisionBody());
    }

    String provisionBody() {
        return """
                {"service_id": "%s", "plan_id": "%s", "organization_guid": "bench", "space_guid": "bench"}""".formatted(serviceId, planId);
    }

    /** The credentials. */
    JsonNode bind(String instance, String binding) {
        return succeed(osb.put(
                        path(instance) + "/service_bindings/" + binding,
                        "{\"service_id\": \"%s\", \"plan_id\": \"%s\"}".formatted(serviceId, planId)))
                .path("credentials");
    }

    void unbind(String instance, String binding) {
        succeed(osb.delete(path(instance) + "/service_bindings/" + binding + "?" + ids()));
    }

    /** Returns when everything is gone. */
    void deprovision(String instance) {
        Answer accepted = osb.delete(path(instance) + "?accepts_incomplete=true&" + ids());
        succeed(osb.awaitOperation(path(instance), accepted, PATIENCE));
    }

    private String ids() {
        return "service_id=%s&plan_id=%s".formatted(serviceId, planId);
    }

    static String path(String instance) {
        return "/v2/service_instances/" + instance;
    }

    private static JsonNode succeed(Answer answer) {
        if (answer.status() > 299 || answer.json().path("state").asString("").equals("failed")) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.json();
    }
}
