package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static dev.howdah.osb.acceptance.TestCatalog.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnbindIT extends Acceptance {
    @Test
    @OsbCase({135})
    void afterUnbindingTheCredentialsAreWorthNothing() {
        String id = ready();
        String binding = newId();
        Answer made = bind(id, binding, bindBody(P1)).hasStatus(201);

        Answer answer = unbind(id, binding, ids(S, P1)).hasStatus(200);

        assertThat(answer.text()).isEqualTo("{}");
        assertThat(broker.accepts(made.credentials())).isFalse();
    }

    @Test
    @OsbCase({136, 140})
    void anUnbindingThatTakesLongerHasAnOperationOfItsOwn() {
        String id = ready();
        String binding = bound(id);
        broker.hold();

        Answer first = unbind(id, binding, ids(S, P1), AI).hasStatus(202);
        Answer second = unbind(id, binding, ids(S, P1), AI).hasStatus(202);

        assertThat(first.operation()).startsWith("unbind-").isEqualTo(second.operation());
        broker.release();
        assertThat(awaitBindingEnd(id, binding, first.operation()).state()).isEqualTo("succeeded");
        unbind(id, binding, ids(S, P1), AI).isError(410, "Gone");
    }

    @Test
    @OsbCase({137})
    void theIdsAreNeeded() {
        String id = ready();
        String binding = bound(id);

        unbind(id, binding).isError(400, "BadRequest").says("service_id");
        unbind(id, binding, "service_id=" + S).isError(400, "BadRequest").says("plan_id");
        unbind(id, binding, "plan_id=" + P1).isError(400, "BadRequest").says("service_id");
        unbind(id, binding, ids("", P1)).isError(400, "BadRequest").says("service_id");
        unbind(id, binding, ids(S, "")).isError(400, "BadRequest").says("plan_id");
        fetchBinding(id, binding).hasStatus(200);
    }

    @Test
    @OsbCase({138, 139, 140})
    void whatIsNotThereIsGone() {
        String id = ready();
        String binding = bound(id);

        unbind(id, newId(), ids(S, P1)).isError(410, "Gone");
        unbind(newId(), newId(), ids(S, P1)).isError(410, "Gone");
        unbind(id, binding, ids(S, P1)).hasStatus(200);
        unbind(id, binding, ids(S, P1)).isError(410, "Gone");
    }

    @Test
    @OsbCase({141})
    void anUnbindingThatTakesTooLongIsToBeRepeated() {
        String id = ready();
        String binding = bound(id);
        broker.hold();

        unbind(id, binding, ids(S, P1)).isError(422, "ConcurrencyError");
    }

    @Test
    @OsbCase({142})
    void aBindingThatIsBeingMadeCanBeDeleted() {
        String id = ready();
        int before = broker.size();
        String binding = newId();
        broker.hold();
        bind(id, binding, bindBody(P1), AI).hasStatus(202);

        Answer deletion = unbind(id, binding, ids(S, P1), AI).hasStatus(200, 202);

        broker.release();
        if (deletion.status() == 202) {
            assertThat(awaitBindingEnd(id, binding, deletion.operation()).state())
                    .isEqualTo("succeeded");
        }
        fetchBinding(id, binding).isError(404, "NotFound");
        assertThat(broker.size()).isEqualTo(before);
    }

    @Test
    @OsbCase({144})
    void otherIdsAreRefusedAndOtherBindingsStay() {
        String id = ready();
        String binding = bound(id);
        String other = bound(id);

        unbind(id, binding, ids(S, P2)).isError(400, "BadRequest");
        unbind(id, binding, ids(UNKNOWN, P1)).isError(400, "BadRequest");
        unbind(id, binding, ids(S, P1)).hasStatus(200);

        fetchBinding(id, other).hasStatus(200);
        fetch(id).hasStatus(200);
    }
}
