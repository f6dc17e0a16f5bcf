package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.PN;
import static dev.howdah.osb.acceptance.TestCatalog.Q;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static dev.howdah.osb.acceptance.TestCatalog.S2;
import static dev.howdah.osb.acceptance.TestCatalog.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BindIT extends Acceptance {
    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\dZ";

    @Test
    @OsbCase({110, 122, 123, 124})
    void aBindingGivesCredentialsThatWork() {
        String id = ready();

        Answer answer = bind(id, newId(), bindBody(P1)).hasStatus(201);

        assertThat(answer.credentials().keySet()).isNotEmpty().allMatch(key -> key.matches("[-._a-zA-Z0-9]+"));
        assertThat(answer.json().path("credentials")).allMatch(JsonNode::isString);
        assertThat(answer.text()).doesNotContain(":null");
        assertThat(answer.json().path("metadata").toString())
                .doesNotContain(answer.credentials().get("password"));
        JsonNode endpoint = answer.json().path("endpoints").path(0);
        assertThat(endpoint.path("host").asString("")).isNotEmpty();
        assertThat(endpoint.path("ports").path(0).isString()).isTrue();
        assertThat(endpoint.path("protocol").asString("")).isEqualTo("tcp");
        assertThat(broker.accepts(answer.credentials())).isTrue();
    }

    @Test
    @OsbCase({111})
    void aBindingThatTakesLongerAnswersWithItsOperationAndNothingElse() {
        String id = ready();
        broker.hold();

        Answer answer = bind(id, newId(), bindBody(P1), AI).hasStatus(202);

        assertThat(answer.json().propertyNames()).containsExactly("operation");
    }

    @Test
    @OsbCase({112})
    void aBindingThatTakesTooLongNeedsThePlatformToAcceptThat() {
        String id = ready();
        broker.hold();

        bind(id, newId(), bindBody(P1)).isError(422, "AsyncRequired");
    }

    @Test
    @OsbCase({113, 118})
    void theServiceAndThePlanAreThoseOfTheInstance() {
        String id = ready();
        int before = broker.size();

        for (String field : new String[] {"service_id", "plan_id"}) {
            bind(id, newId(), bindBody(P1, field, null))
                    .isError(400, "BadRequest")
                    .says(field);
            bind(id, newId(), bindBody(P1, field, ""))
                    .isError(400, "BadRequest")
                    .says(field);
            bind(id, newId(), bindBody(P1, field, 5)).isError(400, "BadRequest").says(field);
            bind(id, newId(), bindBody(P1, field, UNKNOWN))
                    .isError(400, "BadRequest")
                    .says(field);
        }
        bind(newId(), newId(), object()).isError(400, "BadRequest").says("service_id", "plan_id");
        bind(id, newId(), bindBody(P2)).isError(400, "BadRequest").says("plan_id");
        bind(id, newId(), bindBody(Q, "service_id", S2)).isError(400, "BadRequest");
        assertThat(broker.size()).isEqualTo(before);
    }

    @Test
    @OsbCase({114})
    void theSameRequestAgainGivesTheSameCredentials() {
        String id = ready();
        String binding = newId();
        Answer first = bind(id, binding, bindBody(P1)).hasStatus(201);

        Answer second = bind(id, binding, bindBody(P1)).hasStatus(200);

        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    @OsbCase({114})
    void theSameRequestWhileItRunsNamesTheSameOperation() {
        String id = ready();
        String binding = newId();
        broker.hold();
        Answer first = bind(id, binding, bindBody(P1), AI).hasStatus(202);

        assertThat(bind(id, binding, bindBody(P1), AI).hasStatus(202).text()).isEqualTo(first.text());
    }

    @Test
    @OsbCase({115})
    void anotherRequestWithTheIdOfABindingIsAConflict() {
        String id = ready();
        String binding = bound(id);

        bind(id, binding, bindBody(P1, "parameters", object("access", "read-only")))
                .isError(409, "Conflict");
        bind(id, binding, bindBody(P1, "bind_resource", object("app_guid", "a")))
                .isError(409, "Conflict");
    }

    @Test
    @OsbCase({116})
    void theSameBindingIdOnAnotherInstanceIsAConflictOrAnotherBinding() {
        String binding = bound(ready());

        bind(ready(), binding, bindBody(P1)).hasStatus(201, 409);
    }

    @Test
    @OsbCase({117})
    void anApplicationIsNotNeeded() {
        String id = ready();

        bind(id, newId(), bindBody(P1)).hasStatus(201);
        bind(id, newId(), bindBody(P1, "bind_resource", object("app_guid", "a", "route", "r", "new", 1)))
                .hasStatus(201);
        bind(id, newId(), bindBody(P1, "app_guid", "a")).hasStatus(201);
        bind(id, newId(), bindBody(P1, "app_guid", ""))
                .isError(400, "BadRequest")
                .says("app_guid");
        bind(id, newId(), bindBody(P1, "bind_resource", "x"))
                .isError(400, "BadRequest")
                .says("bind_resource");
    }

    @Test
    @OsbCase({118})
    void onlyAnInstanceThatIsReadyAndBindableCanBeBound() {
        bind(readyOn(PN), newId(), bindBody(PN)).isError(400, "BadRequest").says("pn");
        bind(newId(), newId(), bindBody(P1)).isError(404, "NotFound");
        bind(waiting(), newId(), bindBody(P1), AI).isError(422, "ConcurrencyError");
    }

    @Test
    @OsbCase({119})
    void parametersThatThePlanDoesNotTakeAreNamed() {
        String id = ready();
        int before = broker.size();

        bind(id, newId(), bindBody(P1, "parameters", object("access", "admin")))
                .isError(400, "BadRequest")
                .says("parameters.access", "read-write", "read-only");
        bind(id, newId(), bindBody(P1, "parameters", object("connection_limit", 21)))
                .isError(400, "BadRequest")
                .says("parameters.connection_limit", "20");
        bind(id, newId(), bindBody(P1, "parameters", object("expires_after", "soon")))
                .isError(400, "BadRequest")
                .says("parameters.expires_after");
        bind(id, newId(), bindBody(P1, "parameters", object("expires_after", 1)))
                .isError(400, "BadRequest")
                .says("parameters.expires_after");
        bind(id, newId(), bindBody(P1, "parameters", object("search_path", "a; DROP")))
                .isError(400, "BadRequest")
                .says("parameters.search_path");
        bind(id, newId(), bindBody(P1, "parameters", object("superuser", true)))
                .isError(400, "BadRequest")
                .says("parameters.superuser");
        assertThat(broker.size()).isEqualTo(before);
    }

    @Test
    @OsbCase({120})
    void everyBindingHasALoginOfItsOwn() {
        String id = ready();

        Answer first = bind(id, newId(), bindBody(P1)).hasStatus(201);
        Answer second = bind(id, newId(), bindBody(P1)).hasStatus(201);

        assertThat(first.credentials().get("username"))
                .isNotEqualTo(second.credentials().get("username"));
        assertThat(first.credentials().get("password"))
                .isNotEqualTo(second.credentials().get("password"));
        assertThat(broker.accepts(first.credentials())).isTrue();
        assertThat(broker.accepts(second.credentials())).isTrue();
    }

    @Test
    @OsbCase({121})
    void aBindingThatExpiresSaysWhenAndHowSoonToRenewIt() {
        Answer answer = bind(ready(), newId(), bindBody(P1, "parameters", object("expires_after", 3600)))
                .hasStatus(201);

        String expires = answer.json().at("/metadata/expires_at").asString("");
        String renew = answer.json().at("/metadata/renew_before").asString("");
        assertThat(expires).matches(TIMESTAMP);
        assertThat(renew).matches(TIMESTAMP).isLessThanOrEqualTo(expires);
    }

    @Test
    @OsbCase({130})
    void aBindingThatTakesLongerCanBePolledAndFetched() {
        String id = ready();
        String binding = newId();
        broker.hold();
        String operation = bind(id, binding, bindBody(P1), AI).hasStatus(202).operation();
        Answer running = pollBinding(id, binding, "operation=" + operation).hasStatus(200);
        assertThat(running.state()).isEqualTo("in progress");
        assertThat(running.header("Retry-After")).singleElement().asString().matches("[1-9][0-9]*");
        fetchBinding(id, binding).isError(404, "NotFound");

        broker.release();

        assertThat(awaitBindingEnd(id, binding, operation).state()).isEqualTo("succeeded");
        assertThat(fetchBinding(id, binding).hasStatus(200).credentials()).isNotEmpty();
    }

    @Test
    @OsbCase({131, 133})
    void whatIsUnknownIsNotFound() {
        String id = ready();

        pollBinding(id, newId()).isError(404, "NotFound");
        pollBinding(newId(), newId()).isError(404, "NotFound");
        fetchBinding(id, newId()).isError(404, "NotFound");
        fetchBinding(newId(), newId()).isError(404, "NotFound");
    }

    @Test
    @OsbCase({133, 134})
    void aBindingIsShownAsItWasMade() {
        String id = ready();
        String binding = newId();
        Answer made = bind(id, binding, bindBody(P1, "parameters", object("access", "read-only")))
                .hasStatus(201);

        Answer answer = fetchBinding(id, binding).hasStatus(200);

        assertThat(answer.credentials()).isEqualTo(made.credentials());
        assertThat(answer.json().path("endpoints")).isEqualTo(made.json().path("endpoints"));
        assertThat(answer.json().at("/parameters/access").asString("")).isEqualTo("read-only");
    }

    @Test
    @OsbCase({132, 133})
    void aDeletedBindingIsNotFoundButItsEndIsRemembered() {
        String id = ready();
        String binding = bound(id);
        unbind(id, binding, ids(S, P1)).hasStatus(200);

        fetchBinding(id, binding).isError(404, "NotFound");
        assertThat(pollBinding(id, binding, "operation=unbind-1").status()).isIn(200, 410);
    }
}
