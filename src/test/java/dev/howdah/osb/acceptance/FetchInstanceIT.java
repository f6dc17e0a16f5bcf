package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FetchInstanceIT extends Acceptance {
    @Test
    @OsbCase({85, 86, 90})
    void anInstanceThatIsReadyIsShownAsItWasAskedFor() {
        String id = ready("parameters", object("storage", "2Gi"));

        Answer answer = fetch(id).hasStatus(200);

        assertThat(answer.json().path("service_id").asString("")).isEqualTo(S);
        assertThat(answer.json().path("plan_id").asString("")).isEqualTo(P1);
        assertThat(answer.json().at("/parameters/storage").asString("")).isEqualTo("2Gi");
        assertThat(answer.json().at("/maintenance_info/version").asString("")).isEqualTo("1.0.0");
        assertThat(answer.json().path("metadata").isObject()).isTrue();
        assertThat(answer.text()).doesNotContain("password");
    }

    @Test
    @OsbCase({87, 88})
    void whatIsUnknownOrNotYetThereIsNotFound() {
        fetch(newId()).isError(404, "NotFound");
        fetch(waiting()).isError(404, "NotFound");
    }

    @Test
    @OsbCase({88})
    void anInstanceThatFailedToBeProvisionedIsNotFound() {
        String id = newId();
        broker.breakDown();
        awaitEnd(id, provision(id, provisionBody(P1), AI).operation());

        fetch(id).isError(404, "NotFound");
    }

    @Test
    @OsbCase({89})
    void anInstanceThatIsBeingUpdatedCannotBeFetched() {
        String id = ready();
        broker.hold();
        update(id, object("service_id", S, "plan_id", P2), AI).hasStatus(202);

        fetch(id).isError(422, "ConcurrencyError");
    }

    @Test
    @OsbCase({90, 93})
    void afterAnUpdateTheInstanceIsShownAsItIsNow() {
        String id = ready();
        awaitSuccess(
                id,
                update(id, object("service_id", S, "plan_id", P2, "parameters", object("storage", "3Gi")), AI)
                        .hasStatus(202)
                        .operation());

        Answer answer = fetch(id).hasStatus(200);

        assertThat(answer.json().path("plan_id").asString("")).isEqualTo(P2);
        assertThat(answer.json().at("/parameters/storage").asString("")).isEqualTo("3Gi");
        assertThat(answer.json().at("/maintenance_info/version").asString("")).isEqualTo("2.0.0");
    }

    @Test
    @OsbCase({91})
    void hintsAreAcceptedAndADeletedInstanceIsNotFound() {
        String id = ready();
        platform.call("GET", instancePath(id)).query(ids(S, P1)).send().hasStatus(200);
        awaitSuccess(id, deprovision(id, ids(S, P1), AI).operation());

        fetch(id).isError(404, "NotFound");
    }
}
