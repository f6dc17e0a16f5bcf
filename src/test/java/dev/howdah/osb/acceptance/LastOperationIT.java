package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static dev.howdah.osb.acceptance.TestCatalog.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastOperationIT extends Acceptance {
    @Test
    @OsbCase({70, 83})
    void aRunningOperationSaysWhenToAskAgain() {
        String id = waiting();

        Answer answer = poll(id).hasStatus(200);

        assertThat(answer.state()).isEqualTo("in progress");
        assertThat(answer.description()).isNotBlank();
        assertThat(answer.header("Retry-After")).singleElement().asString().matches("[1-9][0-9]*");
    }

    @Test
    @OsbCase({71, 72, 83})
    void anOperationThatHasEndedStaysSo() {
        String id = ready();

        for (int i = 0; i < 2; i++) {
            Answer answer = poll(id).hasStatus(200);
            assertThat(answer.state()).isEqualTo("succeeded");
            assertThat(answer.description()).isNotBlank();
            assertThat(answer.header("Retry-After")).isEmpty();
        }
    }

    @Test
    @OsbCase({73, 75, 76, 84})
    void hintsDoNotChangeTheAnswer() {
        String id = newId();
        broker.hold();
        String operation = provision(id, provisionBody(P1), AI).operation();
        String expected = poll(id).hasStatus(200).text();

        assertThat(poll(id, "operation=" + operation).text()).isEqualTo(expected);
        assertThat(poll(id, "operation=" + operation, ids(S, P2)).text()).isEqualTo(expected);
        assertThat(poll(id, "operation=unknown").text()).isEqualTo(expected);
        assertThat(poll(id, "operation=").text()).isEqualTo(expected);
        assertThat(poll(id, ids(UNKNOWN, UNKNOWN)).text()).isEqualTo(expected);
    }

    @Test
    @OsbCase({74})
    void anOperationWithReservedCharactersIsRead() {
        String id = ready();

        assertThat(poll(id, "operation=a%2Fb+c%26d%3De%25").hasStatus(200).state())
                .isEqualTo("succeeded");
    }

    @Test
    @OsbCase({77})
    void anUnknownInstanceIsNotFound() {
        poll(newId()).isError(404, "NotFound");
        poll(newId(), "operation=provision-1").isError(404, "NotFound");
    }

    @Test
    @OsbCase({78})
    void aFailedProvisioningSaysNothingOfUpdates() {
        String id = newId();
        broker.breakDown();

        Answer end = awaitEnd(id, provision(id, provisionBody(P1), AI).operation());

        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.json().propertyNames()).containsExactlyInAnyOrder("state", "description");
    }

    @Test
    @OsbCase({79})
    void aFailedUpdateSaysWhetherTheInstanceCanBeUsedAndTheUpdateRepeated() {
        String id = ready();
        broker.breakDown();

        Answer end = awaitEnd(
                id,
                update(id, object("service_id", S, "plan_id", P2), AI)
                        .hasStatus(202)
                        .operation());

        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.json().path("instance_usable").isBoolean()).isTrue();
        assertThat(end.json().path("update_repeatable").isBoolean()).isTrue();
    }

    @Test
    @OsbCase({80, 156})
    void aFailedDeprovisioningSaysWhetherTheInstanceCanBeUsedAndCanBeRepeated() {
        String id = ready();
        broker.breakDown();

        Answer end = awaitEnd(id, deprovision(id, ids(S, P1), AI).hasStatus(202).operation());

        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.json().path("instance_usable").isBoolean()).isTrue();
        assertThat(end.json().has("update_repeatable")).isFalse();
        broker.recover();
        Answer again = deprovision(id, ids(S, P1), AI).hasStatus(202, 410);
        if (again.status() == 202) {
            awaitGone(id, again.operation());
        }
    }

    @Test
    @OsbCase({81, 82})
    void aDeletedInstanceIsRememberedAndThenForgotten() {
        String id = ready();
        String operation = deprovision(id, ids(S, P1), AI).hasStatus(202).operation();
        awaitSuccess(id, operation);
        assertThat(poll(id).hasStatus(200).state()).isEqualTo("succeeded");

        broker.forgetTheDeleted();

        poll(id, "operation=" + operation).hasStatus(200, 410);
        poll(id).isError(404, "NotFound");
    }
}
