package dev.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.OsbClient;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** What a platform asks of the broker, each request to its end. */
record Platform(OsbClient osb) {
    private static final String SERVICE = "7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11";

    void provision(String id, String plan, String parameters) {
        assertThat(provisionToItsEnd(id, plan, parameters)).as(id).matches(Platform::succeeded);
    }

    OsbClient.Answer provisionAccepted(String id, String plan, String parameters) {
        return osb.put(instance(id) + "?accepts_incomplete=true", body(plan, parameters));
    }

    OsbClient.Answer provisionToItsEnd(String id, String plan, String parameters) {
        return osb.awaitOperation(instance(id), provisionAccepted(id, plan, parameters), Cluster.PATIENCE);
    }

    OsbClient.Answer update(String id, String plan, String parameters) {
        return osb.patch(instance(id) + "?accepts_incomplete=true", body(plan, parameters));
    }

    OsbClient.Answer updateToItsEnd(String id, String plan, String parameters) {
        return osb.awaitOperation(instance(id), update(id, plan, parameters), Cluster.PATIENCE);
    }

    OsbClient.Answer lastOperation(String id) {
        return osb.get(instance(id) + "/last_operation");
    }

    void deprovision(String id, String plan) {
        OsbClient.Answer accepted = osb.delete(
                instance(id) + "?accepts_incomplete=true&service_id=" + SERVICE + "&plan_id=" + planId(plan));
        assertThat(osb.awaitOperation(instance(id), accepted, Cluster.PATIENCE))
                .as(id)
                .matches(answer -> answer.status() == 200 || answer.status() == 410);
    }

    JsonNode bind(String id, String binding, String plan) {
        OsbClient.Answer answer = osb.put(instance(id) + "/service_bindings/" + binding, body(plan, "{}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("credentials");
    }

    String bindingPath(String id, String binding, String plan) {
        return instance(id) + "/service_bindings/" + binding + "?service_id=" + SERVICE + "&plan_id=" + planId(plan);
    }

    /** At once, or by the word of last_operation. */
    static boolean succeeded(OsbClient.Answer answer) {
        String state = answer.status() > 201
                ? answer.body()
                : answer.json().path("state").asString("succeeded");
        return state.equals("succeeded");
    }

    private String body(String plan, String parameters) {
        return "{\"service_id\": \"%s\", \"plan_id\": \"%s\", \"organization_guid\": \"o\", \"space_guid\": \"s\", \"parameters\": %s}"
                .formatted(SERVICE, planId(plan), parameters);
    }

    private String planId(String plan) {
        return osb.get("/v2/catalog")
                .json()
                .path("services")
                .path(0)
                .path("plans")
                .valueStream()
                .filter(node -> node.path("name").asString("").equals(plan))
                .map(node -> node.path("id").asString(""))
                .findFirst()
                .orElseThrow();
    }

    private static String instance(String id) {
        return "/v2/service_instances/" + id;
    }

    static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
