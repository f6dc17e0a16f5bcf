package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RotateIT extends Acceptance {
    @Test
    @OsbCase({125, 126})
    void aSuccessorHasNewCredentialsAndTheParametersOfItsPredecessor() {
        String id = ready();
        String first = newId();
        Answer old = bind(id, first, bindBody(P1, "parameters", object("access", "read-only")))
                .hasStatus(201);
        String second = newId();

        Answer renewed =
                bind(id, second, object("predecessor_binding_id", first)).hasStatus(201);

        assertThat(renewed.credentials().get("password"))
                .isNotEqualTo(old.credentials().get("password"));
        assertThat(broker.accepts(old.credentials())).isTrue();
        assertThat(broker.accepts(renewed.credentials())).isTrue();
        assertThat(fetchBinding(id, second).json().at("/parameters/access").asString(""))
                .isEqualTo("read-only");
        bind(id, newId(), bindBody(P1, "predecessor_binding_id", first)).hasStatus(201);
    }

    @Test
    @OsbCase({127})
    void thePredecessorIsABindingOfTheSameInstance() {
        String id = ready();

        bind(id, newId(), object("predecessor_binding_id", newId())).isError(400, "BadRequest");
        bind(id, newId(), object("predecessor_binding_id", bound(ready()))).isError(400, "BadRequest");
        bind(id, newId(), object("predecessor_binding_id", "")).isError(400, "BadRequest");
        bind(id, newId(), object("predecessor_binding_id", 5)).isError(400, "BadRequest");
        bind(newId(), newId(), object("predecessor_binding_id", newId())).isError(404, "NotFound");
    }

    @Test
    @OsbCase({113})
    void aRotationThatNamesAPlanNamesItsServiceToo() {
        String id = ready();
        String first = bound(id);

        for (Object service : new Object[] {null, "", 5}) {
            bind(id, newId(), object("predecessor_binding_id", first, "plan_id", P1, "service_id", service))
                    .isError(400, "BadRequest")
                    .says("service_id");
        }
        bind(id, newId(), object("predecessor_binding_id", first, "plan_id", ""))
                .isError(400, "BadRequest")
                .says("plan_id");
        bind(id, newId(), object("predecessor_binding_id", first, "service_id", S))
                .hasStatus(201);
    }

    @Test
    @OsbCase({127})
    void aPredecessorThatIsStillBeingMadeHasToBeWaitedFor() {
        String id = ready();
        String binding = newId();
        broker.hold();
        bind(id, binding, bindBody(P1), AI).hasStatus(202);

        bind(id, newId(), object("predecessor_binding_id", binding), AI).isError(422, "ConcurrencyError");
    }

    @Test
    @OsbCase({128})
    void aPlanThatDoesNotRotateRefuses() {
        String id = readyOn(P2);
        String binding = newId();
        bind(id, binding, bindBody(P2)).hasStatus(201);

        bind(id, newId(), object("predecessor_binding_id", binding))
                .isError(400, "BadRequest")
                .says("p2");
        bind(id, newId(), bindBody(P2, "predecessor_binding_id", binding))
                .isError(400, "BadRequest")
                .says("p2");
    }

    @Test
    @OsbCase({129})
    void theSameRotationAgainGivesTheSameCredentialsWhichOutliveThePredecessor() {
        String id = ready();
        String first = bound(id);
        String second = newId();
        Answer renewed =
                bind(id, second, object("predecessor_binding_id", first)).hasStatus(201);

        Answer again = bind(id, second, object("predecessor_binding_id", first)).hasStatus(200);

        assertThat(again.text()).isEqualTo(renewed.text());
        unbind(id, first, ids(S, P1)).hasStatus(200);
        assertThat(broker.accepts(renewed.credentials())).isTrue();
    }
}
