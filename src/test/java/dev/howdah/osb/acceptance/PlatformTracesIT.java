package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real platforms send, in their order. */
class PlatformTracesIT extends Acceptance {
    private static final String IDENTITY = "kubernetes "
            + Base64.getEncoder()
                    .encodeToString("{\"username\":\"duke\",\"uid\":\"1\",\"groups\":[\"g\"],\"extra\":{\"k\":[\"v\"]}}"
                            .getBytes(UTF_8));
    private static final Map<String, Object> CONTEXT = object(
            "clusterid", "c",
            "instance_name", "db",
            "namespace", "default",
            "platform", "kubernetes");

    private Platform.Call fromServiceCatalog(String method, String path) {
        return fromServiceCatalog(platform, method, path).header("X-Broker-API-Originating-Identity", IDENTITY);
    }

    private static Platform.Call fromServiceCatalog(Platform platform, String method, String path) {
        return platform.call(method, path)
                .header("X-Broker-API-Version", "2.14")
                .header("User-Agent", "Go-http-client/1.1")
                .header("Accept-Encoding", "gzip");
    }

    /** Polls with all that it knows, until it may stop: a deletion ends with 410 as well. */
    private void awaitServiceCatalog(String path, String plan, Answer accepted, int... ending) {
        Answer end = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> fromServiceCatalog(waiting, "GET", path + "/last_operation")
                                .header("X-Broker-API-Originating-Identity", IDENTITY)
                                .query("operation=" + accepted.operation())
                                .query("plan_id=%s&service_id=%s".formatted(plan, S))
                                .send()
                                .hasStatus(ending),
                        answer -> !answer.state().equals("in progress"));
        assertThat(end.status() == 410 || end.state().equals("succeeded"))
                .as(end.text())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @OsbCase({157})
    void kubernetesServiceCatalogIsServed(boolean asynchronousBindings) {
        String id = newId();
        String binding = newId();
        String namespace = newId();
        fromServiceCatalog(platform, "GET", "/v2/catalog").send().hasStatus(200);
        Answer provisioning = fromServiceCatalog("PUT", instancePath(id))
                .query(AI)
                .json(provisionBody(
                        P1,
                        "organization_guid",
                        "c",
                        "space_guid",
                        namespace,
                        "parameters",
                        object("version", "17"),
                        "context",
                        CONTEXT))
                .send()
                .hasStatus(202);
        awaitServiceCatalog(instancePath(id), P1, provisioning, 200);
        fromServiceCatalog("PATCH", instancePath(id))
                .query(AI)
                .json(object(
                        "service_id", S,
                        "context", CONTEXT,
                        "previous_values", object("plan_id", P1, "service_id", S)))
                .send()
                .hasStatus(200);
        Answer updating = fromServiceCatalog("PATCH", instancePath(id))
                .query(AI)
                .json(object(
                        "service_id", S,
                        "plan_id", P2,
                        "context", CONTEXT,
                        "previous_values", object("plan_id", P1, "service_id", S)))
                .send()
                .hasStatus(202);
        // Its polls of an update name the plan that is wanted, and not the one before.
        awaitServiceCatalog(instancePath(id), P2, updating, 200);
        Map<String, Object> bind = bindBody(P2, "bind_resource", object("app_guid", namespace), "context", CONTEXT);
        Answer bound = asynchronousBindings
                ? bindAndFetch(id, binding, bind)
                : fromServiceCatalog("PUT", bindingPath(id, binding))
                        .json(bind)
                        .send()
                        .hasStatus(201);
        assertThat(broker.accepts(bound.credentials())).isTrue();
        Answer unbinding = fromServiceCatalog("DELETE", bindingPath(id, binding))
                .query(asynchronousBindings ? AI : "")
                .query("plan_id=%s&service_id=%s".formatted(P2, S))
                .send()
                .hasStatus(asynchronousBindings ? new int[] {200, 202} : new int[] {200});
        if (unbinding.status() == 202) {
            awaitServiceCatalog(bindingPath(id, binding), P2, unbinding, 200, 410);
        }
        Answer deprovisioning = fromServiceCatalog("DELETE", instancePath(id))
                .query(AI + "&plan_id=%s&service_id=%s".formatted(P2, S))
                .send()
                .hasStatus(202);
        awaitServiceCatalog(instancePath(id), P2, deprovisioning, 200, 410);
    }

    /** With the feature gate AsyncBindingOperations. */
    private Answer bindAndFetch(String id, String binding, Map<String, Object> body) {
        broker.hold();
        Answer accepted = fromServiceCatalog("PUT", bindingPath(id, binding))
                .query(AI)
                .json(body)
                .send()
                .hasStatus(202);
        broker.release();
        awaitServiceCatalog(bindingPath(id, binding), P2, accepted, 200);
        return fromServiceCatalog(platform, "GET", bindingPath(id, binding))
                .send()
                .hasStatus(200);
    }

    @Test
    @OsbCase({158})
    void cloudFoundryIsServed() {
        String id = newId();
        Map<String, Object> context = object(
                "platform", "cloudfoundry",
                "organization_guid", "o",
                "organization_name", "org",
                "space_guid", "s",
                "space_name", "space",
                "instance_name", "db",
                "organization_annotations", object("prefix-here.org/name-here", "value-here"));
        Map<String, Object> body = provisionBody(
                P1,
                "organization_guid",
                "o",
                "space_guid",
                "s",
                "context",
                context,
                "maintenance_info",
                object("version", "1.0.0", "description", "First release"));
        awaitSuccess(id, provision(id, body, AI).hasStatus(202).operation());
        fetch(id).hasStatus(200);
        Map<String, Object> upgrade = object(
                "service_id", S,
                "plan_id", P1,
                "context", context,
                "maintenance_info", object("version", "1.0.0"),
                "previous_values", object("plan_id", P1, "service_id", S, "organization_id", "o", "space_id", "s"));
        Answer updated = update(id, upgrade, AI).hasStatus(200, 202);
        if (updated.status() == 202) {
            awaitSuccess(id, updated.operation());
        }
        String binding = newId();
        bind(
                        id,
                        binding,
                        bindBody(
                                P1,
                                "app_guid",
                                "a",
                                "bind_resource",
                                object("app_guid", "a", "space_guid", "s"),
                                "context",
                                context))
                .hasStatus(201);
        fetchBinding(id, binding).hasStatus(200);
    }

    @Test
    @OsbCase({159})
    void aPlatformThatGaveUpCanDeleteAndBeginAgain() {
        int before = broker.size();
        String id = waiting();
        String deletion = deprovision(id, ids(S, P1), AI).hasStatus(202).operation();
        broker.release();
        awaitGone(id, deletion);

        awaitSuccess(id, provision(id, provisionBody(P1), AI).hasStatus(202).operation());

        assertThat(broker.size()).isEqualTo(before + 1);
    }
}
