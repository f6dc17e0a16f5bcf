package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetiredPlanIT extends Acceptance {
    @AfterEach
    void offerItAgain() {
        broker.restart();
    }

    @Test
    @OsbCase({143, 155})
    void aPlanThatIsNoLongerOnOfferServesTheInstancesThatItHas() {
        String id = readyOn(P2);
        String binding = newId();
        bind(id, binding, bindBody(P2)).hasStatus(201);

        broker.restart("acceptance.p2-retired=true");

        assertThat(platform.call("GET", "/v2/catalog").send().text()).doesNotContain(P2);
        provision(newId(), provisionBody(P2), AI).isError(400, "BadRequest").says("no longer");
        provision(id, provisionBody(P2), AI).hasStatus(200);
        bind(id, newId(), bindBody(P2)).hasStatus(201);
        unbind(id, binding, ids(S, P2)).hasStatus(200);
        awaitSuccess(id, deprovision(id, ids(S, P2), AI).hasStatus(202).operation());
    }
}
