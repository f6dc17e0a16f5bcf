package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
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
        return platform.call(method, path)
                .header("X-Broker-API-Version", "2.14")
                .header("User-Agent", "Go-http-client/1.1")
                .header("Accept-Encoding", "gzip")
                .header("X-Broker-API-Originating-Identity", IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @OsbCase({157})
    void kubernetesServiceCatalogIsServed(boolean asynchronousBindings) {
        String id = newId();
        String binding = newId();
        platform.call("GET", "/v2/catalog")
                .header("X-Broker-API-Version", "2.14")
                .send()
                .hasStatus(200);
        awaitSuccess(
                id,
                fromServiceCatalog("PUT", instancePath(id))
                        .query(AI)
                        .json(provisionBody(P1, "parameters", object("version", "17"), "context", CONTEXT))
                        .send()
                        .hasStatus(202)
                        .operation());
        fromServiceCatalog("PATCH", instancePath(id))
                .query(AI)
                .json(object(
                        "service_id", S,
                        "context", CONTEXT,
                        "previous_values", object("plan_id", P1, "service_id", S)))
                .send()
                .hasStatus(200);
        awaitSuccess(
                id,
                fromServiceCatalog("PATCH", instancePath(id))
                        .query(AI)
                        .json(object("service_id", S, "plan_id", P2, "context", CONTEXT))
                        .send()
                        .hasStatus(202)
                        .operation());
        Answer bound = fromServiceCatalog("PUT", bindingPath(id, binding))
                .query(asynchronousBindings ? AI : "")
                .json(object(
                        "service_id", S,
                        "plan_id", P2,
                        "bind_resource", object("app_guid", "namespace-uid"),
                        "context", CONTEXT))
                .send()
                .hasStatus(201);
        assertThat(broker.accepts(bound.credentials())).isTrue();
        fromServiceCatalog("DELETE", bindingPath(id, binding))
                .query("plan_id=%s&service_id=%s".formatted(P2, S))
                .send()
                .hasStatus(200);
        Answer deleted = fromServiceCatalog("DELETE", instancePath(id))
                .query(AI + "&plan_id=%s&service_id=%s".formatted(P2, S))
                .send()
                .hasStatus(202);
        awaitSuccess(id, deleted.operation());
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
