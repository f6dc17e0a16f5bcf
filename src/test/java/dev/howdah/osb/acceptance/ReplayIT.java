package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every request that changes something, sent several times, one after the other and at once. */
class ReplayIT extends Acceptance {
    private static List<Answer> atOnce(Supplier<Answer> request) {
        return Stream.generate(() -> CompletableFuture.supplyAsync(request)).limit(4).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static Set<String> operations(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.status() == 202)
                .map(Answer::operation)
                .collect(Collectors.toSet());
    }

    @Test
    @OsbCase({58, 59, 63})
    void provisioningSeveralTimesMakesOneInstance() {
        int before = broker.size();
        String id = newId();

        List<Answer> answers = atOnce(() -> provision(id, provisionBody(P1), AI).hasStatus(200, 202));

        assertThat(operations(answers)).hasSize(1);
        awaitSuccess(id, operations(answers).iterator().next());
        provision(id, provisionBody(P1), AI).hasStatus(200);
        assertThat(broker.size()).isEqualTo(before + 1);
    }

    @Test
    @OsbCase({114})
    void bindingSeveralTimesMakesOneBinding() {
        String id = ready();
        int before = broker.size();
        String binding = newId();

        List<Answer> answers = atOnce(() -> bind(id, binding, bindBody(P1)).hasStatus(200, 201));

        assertThat(answers)
                .extracting(Answer::credentials)
                .containsOnly(answers.getFirst().credentials());
        assertThat(broker.size()).isEqualTo(before + 1);
    }

    @Test
    @OsbCase({105, 107})
    void updatingSeveralTimesIsOneUpdate() {
        String id = ready();

        List<Answer> answers = atOnce(
                () -> update(id, object("service_id", S, "plan_id", P2), AI).hasStatus(200, 202));

        assertThat(operations(answers)).hasSizeLessThanOrEqualTo(1);
        operations(answers).forEach(operation -> awaitSuccess(id, operation));
        assertThat(fetch(id).json().path("plan_id").asString("")).isEqualTo(P2);
    }

    @Test
    @OsbCase({138, 140})
    void unbindingSeveralTimesLeavesNothing() {
        String id = ready();
        int before = broker.size();
        String binding = bound(id);

        atOnce(() -> unbind(id, binding, ids(S, P1)).hasStatus(200, 410));

        unbind(id, binding, ids(S, P1)).isError(410, "Gone");
        assertThat(broker.size()).isEqualTo(before);
    }

    @Test
    @OsbCase({150})
    void deprovisioningSeveralTimesLeavesNothing() {
        int before = broker.size();
        String id = ready();

        List<Answer> answers = atOnce(() -> deprovision(id, ids(S, P1), AI).hasStatus(202, 410));

        assertThat(operations(answers)).hasSize(1);
        awaitSuccess(id, operations(answers).iterator().next());
        deprovision(id, ids(S, P1), AI).isError(410, "Gone");
        assertThat(broker.size()).isEqualTo(before);
    }
}
