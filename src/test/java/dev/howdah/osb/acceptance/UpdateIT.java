package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.P3;
import static dev.howdah.osb.acceptance.TestCatalog.PN;
import static dev.howdah.osb.acceptance.TestCatalog.Q;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static dev.howdah.osb.acceptance.TestCatalog.S2;
import static dev.howdah.osb.acceptance.TestCatalog.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateIT extends Acceptance {
    private static Map<String, Object> body(Object... pairs) {
        Map<String, Object> body = object("service_id", S);
        body.putAll(object(pairs));
        return body;
    }

    @Test
    @OsbCase({92})
    void parametersAloneLeaveThePlanAsItIs() {
        String id = ready();

        Answer answer =
                update(id, body("parameters", object("storage", "2Gi")), AI).hasStatus(202);

        assertThat(answer.operation()).isNotEmpty();
        awaitSuccess(id, answer.operation());
        assertThat(fetch(id).json().path("plan_id").asString("")).isEqualTo(P1);
        assertThat(fetch(id).json().at("/parameters/storage").asString("")).isEqualTo("2Gi");
    }

    @Test
    @OsbCase({93})
    void anotherPlanKeepsTheParameters() {
        String id = ready("parameters", object("storage", "3Gi"));

        awaitSuccess(id, update(id, body("plan_id", P2), AI).hasStatus(202).operation());

        assertThat(fetch(id).json().path("plan_id").asString("")).isEqualTo(P2);
        assertThat(fetch(id).json().at("/parameters/storage").asString("")).isEqualTo("3Gi");
    }

    @Test
    @OsbCase({94, 95})
    void theServiceAndThePlanAreThoseOfTheInstanceAndTheCatalog() {
        String id = ready();
        String before = fetch(id).text();

        update(id, object(), AI).isError(400, "BadRequest").says("service_id");
        update(id, object("service_id", ""), AI).isError(400, "BadRequest").says("service_id");
        update(id, object("service_id", null), AI).isError(400, "BadRequest").says("service_id");
        update(id, object("service_id", 5), AI).isError(400, "BadRequest").says("service_id");
        update(newId(), object("plan_id", P1), AI).isError(400, "BadRequest").says("service_id");
        update(id, object("service_id", UNKNOWN), AI).isError(400, "BadRequest").says("service_id");
        update(id, object("service_id", S2), AI).isError(400, "BadRequest").says("service_id");
        update(id, body("plan_id", UNKNOWN), AI).isError(400, "BadRequest").says("plan_id");
        update(id, body("plan_id", Q), AI).isError(400, "BadRequest").says("plan_id");
        update(id, body("plan_id", ""), AI).isError(400, "BadRequest").says("plan_id");

        assertThat(fetch(id).text()).isEqualTo(before);
    }

    @Test
    @OsbCase({96})
    void aPlanThatCannotBeReachedIsRefused() {
        for (Answer answer :
                new Answer[] {update(ready(), body("plan_id", PN), AI), update(readyOn(P2), body("plan_id", P1), AI)}) {
            answer.hasStatus(422);
            assertThat(answer.json().path("update_repeatable").asBoolean(true)).isFalse();
            assertThat(answer.json().path("instance_usable").asBoolean(false)).isTrue();
        }
    }

    @Test
    @OsbCase({97})
    void anAsynchronousPlanNeedsThePlatformToAcceptThat() {
        update(ready(), body("plan_id", P2)).isError(422, "AsyncRequired");
    }

    @Test
    @OsbCase({98, 99})
    void anUpdateWithoutAnyChangeSucceeds() {
        String id = ready();
        String before = fetch(id).json().path("plan_id").toString();

        update(id, body()).hasStatus(200);
        update(id, body("context", object("platform", "kubernetes", "namespace", "n2")))
                .hasStatus(200);
        Answer answer = update(
                        id,
                        body(
                                "context",
                                object("platform", "kubernetes", "namespace", "n3", "clusterid", "c"),
                                "previous_values",
                                object("plan_id", P1, "service_id", S)),
                        AI)
                .hasStatus(200);

        assertThat(answer.json().has("operation")).isFalse();
        assertThat(fetch(id).json().path("plan_id").toString()).isEqualTo(before);
        provision(
                        id,
                        provisionBody(
                                P1, "context", object("platform", "kubernetes", "namespace", "n3", "clusterid", "c")),
                        AI)
                .hasStatus(200);
    }

    @Test
    @OsbCase({100})
    void emptyParametersChangeNothing() {
        String id = ready("parameters", object("storage", "2Gi"));

        update(id, body("parameters", object()), AI).hasStatus(200);

        assertThat(fetch(id).json().at("/parameters/storage").asString("")).isEqualTo("2Gi");
    }

    @Test
    @OsbCase({101})
    void invalidParametersChangeNothingNotEvenThePlan() {
        String id = ready();
        String before = fetch(id).text();

        update(id, body("parameters", object("storage", "900Gi")), AI)
                .isError(400, "BadRequest")
                .says("storage");
        update(id, body("parameters", object("database", "other")), AI)
                .isError(400, "BadRequest")
                .says("database");
        update(id, body("plan_id", P2, "parameters", object("colour", "red")), AI)
                .isError(400, "BadRequest")
                .says("parameters.colour");
        update(id, body("parameters", "x"), AI).isError(400, "BadRequest").says("parameters");

        assertThat(fetch(id).text()).isEqualTo(before);
    }

    @Test
    @OsbCase({102})
    void storageCannotShrink() {
        String id = ready("parameters", object("storage", "3Gi"));

        update(id, body("parameters", object("storage", "2Gi")), AI).hasStatus(422);
    }

    @Test
    @OsbCase({103})
    void theMaintenanceVersionIsThatOfTheCatalog() {
        String id = ready();

        update(id, body("maintenance_info", object("version", "1.0.0")), AI).hasStatus(200, 202);
        for (String version : new String[] {"1.0.1", "2.0.0"}) {
            update(ready(), body("maintenance_info", object("version", version)), AI)
                    .isError(422, "MaintenanceInfoConflict");
        }
    }

    @Test
    @OsbCase({104})
    void previousValuesAreOnlyHints() {
        String id = ready();

        update(id, body("previous_values", object()), AI).hasStatus(200);
        update(id, body("previous_values", object("plan_id", UNKNOWN)), AI).hasStatus(200);
    }

    @Test
    @OsbCase({105, 106})
    void whileAnUpdateRunsTheSameIsItAndAnotherOneHasToWait() {
        String id = ready();
        broker.hold();
        Answer first = update(id, body("plan_id", P2), AI).hasStatus(202);

        Answer same = update(id, body("plan_id", P2), AI).hasStatus(202);

        assertThat(same.operation()).isEqualTo(first.operation());
        update(id, body("plan_id", P3), AI).isError(422, "ConcurrencyError");
    }

    @Test
    @OsbCase({107})
    void theSameUpdateAgainHasNoEffect() {
        String id = ready();
        awaitSuccess(id, update(id, body("plan_id", P2), AI).operation());

        update(id, body("plan_id", P2), AI).hasStatus(200);
    }

    @Test
    @OsbCase({108})
    void onlyAnInstanceThatIsThereCanBeUpdated() {
        update(newId(), body("plan_id", P2), AI).isError(404, "NotFound");
        update(waiting(), body("plan_id", P2), AI).isError(422, "ConcurrencyError");
    }

    @Test
    @OsbCase({109})
    void anUpdateTellsTheDashboardIfThereIsOne() {
        String id = ready();
        String dashboard = fetch(id).json().path("dashboard_url").toString();
        broker.hold();

        Answer answer = update(id, body("plan_id", P2), AI).hasStatus(202);

        assertThat(answer.json().path("dashboard_url").toString()).isEqualTo(dashboard);
    }
}
