package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.P3;
import static dev.howdah.osb.acceptance.TestCatalog.PN;
import static dev.howdah.osb.acceptance.TestCatalog.Q;
import static dev.howdah.osb.acceptance.TestCatalog.RETIRED;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static dev.howdah.osb.acceptance.TestCatalog.S2;
import static dev.howdah.osb.acceptance.TestCatalog.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisionIT extends Acceptance {

    private void refused(Map<String, ?> body, String... words) {
        int before = broker.size();
        provision(newId(), body, AI).isError(400, "BadRequest").says(words);
        assertThat(broker.size()).isEqualTo(before);
    }

    private Answer raw(String body, String contentType) {
        return platform.call("PUT", instancePath(newId()))
                .query(AI)
                .raw(body, contentType)
                .send();
    }

    @Test
    @OsbCase({36})
    void aPlanThatIsSynchronousAnswersWhenItIsDone() {
        provision(newId(), provisionBody(P3)).hasStatus(201);
        provision(newId(), provisionBody(P3), AI).hasStatus(201, 202);
    }

    @Test
    @OsbCase({37, 67})
    void aPlanThatIsAsynchronousAnswersWithAnOperation() {
        broker.hold();

        Answer answer = provision(newId(), provisionBody(P1), AI).hasStatus(202);

        assertThat(answer.operation()).isNotEmpty().hasSizeLessThan(10_000);
        assertThat(answer.json().path("metadata").path("labels").isObject()).isTrue();
        assertThat(answer.json().has("async")).isFalse();
    }

    @Test
    @OsbCase({38})
    void anAsynchronousPlanNeedsThePlatformToAcceptThat() {
        String id = newId();

        provision(id, provisionBody(P1)).isError(422, "AsyncRequired");
        provision(id, provisionBody(P1), "accepts_incomplete=false").isError(422, "AsyncRequired");

        poll(id).isError(404, "NotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "", "1", "TRUE", "true&accepts_incomplete=false"})
    @OsbCase({39})
    void acceptsIncompleteIsTrueOrFalse(String value) {
        provision(newId(), provisionBody(P1), "accepts_incomplete=" + value)
                .isError(400, "BadRequest")
                .says("accepts_incomplete");
    }

    @Test
    @OsbCase({40, 41, 42})
    void whatIsMissingIsNamed() {
        refused(object(), "service_id", "plan_id", "organization_guid", "space_guid");
        for (String field : List.of("service_id", "plan_id", "organization_guid", "space_guid")) {
            refused(provisionBody(P1, field, null), field);
            refused(provisionBody(P1, field, ""), field);
            refused(provisionBody(P1, field, 5), field);
        }
    }

    @Test
    @OsbCase({43, 44, 45})
    void theServiceAndItsPlanAreThoseOfTheCatalog() {
        refused(provisionBody(P1, "service_id", UNKNOWN), "service_id");
        refused(provisionBody(UNKNOWN), "plan_id");
        refused(provisionBody(Q), "plan_id");
        refused(provisionBody(RETIRED), "plan_id", "no longer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "", "null", "[]", "\"x\"", "{} x", "{\"service_id\":\"a\",\"service_id\":\"b\"}", "\u0000"})
    @OsbCase({46, 47})
    void aBodyThatIsNoJsonObjectIsABadRequest(String body) {
        raw(body, "application/json").isError(400, "BadRequest");
    }

    @Test
    @OsbCase({46})
    void aBodyThatIsTooDeepOrTooLargeIsRefused() {
        raw("{\"a\":".repeat(5000) + "1" + "}".repeat(5000), "application/json").isError(400, "BadRequest");
        raw("{\"a\":\"" + "x".repeat(70_000) + "\"}", "application/json").isError(413, "ContentTooLarge");
    }

    @Test
    @OsbCase({48, 49})
    void theContentTypeIsJson() {
        String body = "{\"service_id\":\"%s\"}".formatted(S);
        raw(body, "text/plain").isError(400, "BadRequest").says("Content-Type");
        raw(body, "application/x-www-form-urlencoded")
                .isError(400, "BadRequest")
                .says("Content-Type");
        raw(body, null).isError(400, "BadRequest").says("Content-Type");
        raw(body, "nonsense").isError(400, "BadRequest");
        raw(body, "application/json; charset=utf-8").isError(400, "BadRequest").says("plan_id");
    }

    @Test
    @OsbCase({50})
    void whatNobodyKnowsIsIgnored() {
        provision(
                        newId(),
                        provisionBody(
                                P3,
                                "com.example.field",
                                object("a", 1),
                                "context",
                                object("platform", "kubernetes", "new", List.of(1))))
                .hasStatus(201);
        provision(newId(), provisionBody(P1, "maintenance_info", object("version", "1.0.0", "new", 1)), AI)
                .hasStatus(201, 202);
    }

    @Test
    @OsbCase({51})
    void parametersThatAreNullAreNone() {
        String id = newId();
        Map<String, Object> body = provisionBody(P3);
        body.put("parameters", null);

        provision(id, body).hasStatus(201);

        provision(id, provisionBody(P3)).hasStatus(200);
    }

    @Test
    @OsbCase({52, 53})
    void parametersThatThePlanDoesNotTakeAreNamed() {
        refused(provisionBody(P1, "parameters", "x"), "parameters");
        refused(provisionBody(P1, "parameters", List.of()), "parameters");
        refused(provisionBody(P1, "parameters", object("colour", "red")), "parameters.colour", "storage");
        refused(provisionBody(P1, "parameters", object("storage", 5)), "parameters.storage");
        refused(provisionBody(P1, "parameters", object("storage", "6Gi")), "parameters.storage", "1Gi", "5Gi");
        refused(provisionBody(P1, "parameters", object("storage", "big")), "parameters.storage");
        refused(provisionBody(P1, "parameters", object("version", "9.6")), "parameters.version", "17", "18");
        refused(provisionBody(P1, "parameters", object("database", "template1")), "parameters.database");
        refused(provisionBody(P1, "parameters", object("database", "Robert'); DROP")), "parameters.database");
        refused(provisionBody(P1, "parameters", object("init-db-args", "--auth=trust")), "parameters.init-db-args");
        refused(
                provisionBody(P1, "parameters", object("settings", object("fsync", "off"))),
                "parameters.settings.fsync",
                "work_mem");
        refused(
                provisionBody(P1, "parameters", object("settings", object("work_mem", "900GB"))),
                "parameters.settings.work_mem");
        refused(provisionBody(P1, "parameters", object("extensions", List.of("plpython3u"))), "extensions", "hstore");
    }

    @Test
    @OsbCase({54, 55})
    void anyContextIsAccepted() {
        String id = newId();
        Map<String, Object> context = object(
                "platform", "kubernetes",
                "namespace", "n",
                "clusterid", "c",
                "instance_name", "i",
                "instance_annotations", object("a", "b"));

        provision(id, provisionBody(P3, "context", context)).hasStatus(201);
        provision(id, provisionBody(P3, "context", context)).hasStatus(200);
        provision(newId(), provisionBody(P3, "context", object())).hasStatus(201);
        provision(newId(), provisionBody(P3, "context", object("platform", "sapcp")))
                .hasStatus(201);

        refused(provisionBody(P1, "context", "x"), "context");
    }

    @Test
    @OsbCase({56, 57})
    void theMaintenanceVersionIsThatOfTheCatalog() {
        provision(
                        newId(),
                        provisionBody(P1, "maintenance_info", object("version", "1.0.0", "description", "other")),
                        AI)
                .hasStatus(201, 202);
        for (String version : List.of("1.0.1", "2.0.0", "nonsense")) {
            provision(newId(), provisionBody(P1, "maintenance_info", object("version", version)), AI)
                    .isError(422, "MaintenanceInfoConflict");
        }
        provision(newId(), provisionBody(P3, "maintenance_info", object("version", "1.0.0")), AI)
                .isError(422, "MaintenanceInfoConflict");
        refused(provisionBody(P1, "maintenance_info", "1.0.0"), "maintenance_info");
    }

    @Test
    @OsbCase({58})
    void theSameRequestAgainIsAnsweredAsBefore() {
        String id = ready("parameters", object("storage", "2Gi", "version", "17"));

        Answer again = provision(id, provisionBody(P1, "parameters", object("version", "17", "storage", "2Gi")), AI);
        Answer onceMore = provision(id, provisionBody(P1, "parameters", object("storage", "2Gi", "version", "17")), AI);

        assertThat(again.hasStatus(200).text())
                .isEqualTo(onceMore.hasStatus(200).text());
    }

    @Test
    @OsbCase({59})
    void theSameRequestWhileItRunsNamesTheSameOperation() {
        String id = newId();
        broker.hold();
        Answer first = provision(id, provisionBody(P1), AI).hasStatus(202);

        Answer second = provision(id, provisionBody(P1), AI).hasStatus(202);

        assertThat(second.operation()).isEqualTo(first.operation());
        assertThat(second.json().path("dashboard_url")).isEqualTo(first.json().path("dashboard_url"));
    }

    @Test
    @OsbCase({60})
    void anotherRequestWithTheIdOfAnInstanceIsAConflict() {
        for (String id : List.of(ready(), waiting())) {
            provision(id, provisionBody(Q, "service_id", S2), AI).isError(409, "Conflict");
            provision(id, provisionBody(PN), AI).isError(409, "Conflict");
            provision(id, provisionBody(P1, "parameters", object("storage", "2Gi")), AI)
                    .isError(409, "Conflict");
            provision(id, provisionBody(P1, "context", object("platform", "kubernetes", "namespace", "other")), AI)
                    .isError(409, "Conflict");
        }
    }

    @Test
    @OsbCase({61})
    void anIdCanBeUsedAgainAfterDeprovisioning() {
        String id = ready();
        awaitSuccess(id, deprovision(id, ids(S, P1), AI).hasStatus(202).operation());

        awaitSuccess(id, provision(id, provisionBody(P2), AI).hasStatus(202).operation());
    }

    @Test
    @OsbCase({62})
    void anIdCannotBeUsedWhileItIsBeingDeprovisioned() {
        String id = ready();
        broker.hold();
        deprovision(id, ids(S, P1), AI).hasStatus(202);

        provision(id, provisionBody(P1), AI).isError(422, "ConcurrencyError");
    }

    @Test
    @OsbCase({63})
    void identicalRequestsAtTheSameTimeMakeOneInstance() {
        int before = broker.size();
        String id = newId();
        broker.hold();

        Set<String> operations = IntStream.range(0, 8)
                .mapToObj(each -> CompletableFuture.supplyAsync(() ->
                        provision(id, provisionBody(P1), AI).hasStatus(202).operation()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .collect(Collectors.toSet());

        assertThat(operations).hasSize(1);
        broker.release();
        assertThat(broker.size()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A_~-.9", "with space", "Zoë", "a+b", "a:b@c", "100%", "日本"})
    @OsbCase({64})
    void anyPrintableIdIsAnId(String id) {
        String encoded = URLEncoder.encode(id + System.nanoTime(), StandardCharsets.UTF_8)
                .replace("+", "%20");

        provision(encoded, provisionBody(P3)).hasStatus(201);

        fetch(encoded).hasStatus(200);
        fetch(encoded + "x").isError(404, "NotFound");
        deprovision(encoded, ids(S, P3), AI).hasStatus(200, 202);
    }

    @Test
    @OsbCase({64})
    void anIdHasAtMost255Characters() {
        String longest = newId() + "x".repeat(219);

        provision(longest, provisionBody(P3)).hasStatus(201);
        provision(longest + "x", provisionBody(P3)).isError(400, "BadRequest").says("instance_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a;b",
                "a%3Bb",
                "%00",
                "%0A",
                "a%0D%0Ab",
                "..",
                ".",
                "%2e%2e",
                "%ff",
                "%C3",
                "a%5Cb",
                "%zz"
            })
    @OsbCase({65})
    void anIdThatIsNotSafeIsABadRequest(String id) throws Exception {
        int before = broker.size();

        Answer answer = RawHttp.send(
                broker,
                "PUT /v2/service_instances/%s?accepts_incomplete=true HTTP/1.1".formatted(id),
                "{\"service_id\":\"%s\",\"plan_id\":\"%s\",\"organization_guid\":\"o\",\"space_guid\":\"s\"}"
                        .formatted(S, P1));

        answer.hasStatus(400, 404);
        Contract.check("PUT", "/v2/service_instances/x", answer);
        assertThat(broker.size()).isEqualTo(before);
    }

    @Test
    @OsbCase({66})
    void anEmptyIdIsNotFound() {
        platform.call("PUT", "/v2/service_instances/")
                .json(provisionBody(P1))
                .send()
                .isError(404, "NotFound");
    }

    @Test
    @OsbCase({68})
    void aProvisioningSurvivesTheEndOfTheProcess() {
        String id = newId();
        broker.hold();
        String operation = provision(id, provisionBody(P1), AI).hasStatus(202).operation();

        broker.restart();

        assertThat(poll(id, "operation=" + operation).hasStatus(200).state()).isEqualTo("in progress");
        broker.release();
        awaitSuccess(id, operation);
    }

    @Test
    @OsbCase({69})
    void aProvisioningThatFailsSaysWhyAndIsCleanedUp() {
        int before = broker.size();
        String id = newId();
        broker.breakDown();
        String operation = provision(id, provisionBody(P1), AI).hasStatus(202).operation();

        Answer end = awaitEnd(id, operation);

        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.description()).isNotBlank();
        broker.recover();
        awaitSuccess(id, deprovision(id, ids(S, P1), AI).hasStatus(202).operation());
        assertThat(broker.size()).isEqualTo(before);
    }
}
