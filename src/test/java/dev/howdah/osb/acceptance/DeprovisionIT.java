package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.P3;
import static dev.howdah.osb.acceptance.TestCatalog.RETIRED;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static dev.howdah.osb.acceptance.TestCatalog.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeprovisionIT extends Acceptance {
    @Test
    @OsbCase({145})
    void afterDeprovisioningEverythingIsGone() {
        int before = broker.size();
        String id = ready();

        String operation = deprovision(id, ids(S, P1), AI).hasStatus(202).operation();

        assertThat(operation).isNotEmpty();
        awaitSuccess(id, operation);
        fetch(id).isError(404, "NotFound");
        assertThat(broker.size()).isEqualTo(before);
    }

    @Test
    @OsbCase({146})
    void aPlanThatIsSynchronousAnswersWhenItIsDone() {
        assertThat(deprovision(readyOn(P3), ids(S, P3)).hasStatus(200).text()).isEqualTo("{}");
    }

    @Test
    @OsbCase({147})
    void theIdsAreNeeded() {
        String id = ready();

        deprovision(id, AI).isError(400, "BadRequest").says("service_id");
        deprovision(id, "service_id=" + S, AI).isError(400, "BadRequest").says("plan_id");
        deprovision(id, "plan_id=" + P1, AI).isError(400, "BadRequest").says("service_id");
        deprovision(id, ids("", P1), AI).isError(400, "BadRequest").says("service_id");
        deprovision(id, ids(S, P2), AI).isError(400, "BadRequest");
        deprovision(id, ids(UNKNOWN, P1), AI).isError(400, "BadRequest");
        fetch(id).hasStatus(200);
    }

    @Test
    @OsbCase({148, 155})
    void whatIsNotThereIsGoneWhateverTheCatalogSays() {
        deprovision(newId(), ids(S, P1), AI).isError(410, "Gone");
        deprovision(newId(), ids(UNKNOWN, UNKNOWN), AI).isError(410, "Gone");
        deprovision(newId(), ids(S, RETIRED), AI).isError(410, "Gone");
    }

    @Test
    @OsbCase({149})
    void anAsynchronousPlanNeedsThePlatformToAcceptThat() {
        String id = ready();

        deprovision(id, ids(S, P1)).isError(422, "AsyncRequired");

        fetch(id).hasStatus(200);
    }

    @Test
    @OsbCase({150})
    void theSameRequestAgainIsTheSameOperationUntilItIsDone() {
        String id = ready();
        broker.hold();
        String first = deprovision(id, ids(S, P1), AI).hasStatus(202).operation();

        assertThat(deprovision(id, ids(S, P1), AI).hasStatus(202).operation()).isEqualTo(first);

        broker.release();
        awaitSuccess(id, first);
        deprovision(id, ids(S, P1), AI).isError(410, "Gone");
    }

    @Test
    @OsbCase({151})
    void aProvisioningIsHalted() {
        int before = broker.size();
        String id = waiting();

        String operation = deprovision(id, ids(S, P1), AI).hasStatus(202).operation();

        broker.release();
        awaitGone(id, operation);
        assertThat(broker.size()).isEqualTo(before);
    }

    @Test
    @OsbCase({152})
    void aProvisioningThatFailedIsCleanedUp() {
        int before = broker.size();
        String id = newId();
        broker.breakDown();
        awaitEnd(id, provision(id, provisionBody(P1), AI).operation());
        broker.recover();

        awaitSuccess(id, deprovision(id, ids(S, P1), AI).hasStatus(202).operation());

        assertThat(broker.size()).isEqualTo(before);
    }

    @Test
    @OsbCase({153})
    void anUpdateIsHalted() {
        String id = ready();
        broker.hold();
        update(id, object("service_id", S, "plan_id", P2), AI).hasStatus(202);

        String operation = deprovision(id, ids(S, P1), AI).hasStatus(202).operation();

        broker.release();
        awaitSuccess(id, operation);
    }

    @Test
    @OsbCase({154})
    void bindingsThatAreLeftGoToo() {
        int before = broker.size();
        String id = ready();
        String binding = bound(id);

        awaitSuccess(id, deprovision(id, ids(S, P1), AI).operation());

        fetchBinding(id, binding).isError(404, "NotFound");
        unbind(id, binding, ids(S, P1)).isError(410, "Gone");
        assertThat(broker.size()).isEqualTo(before);
    }
}
