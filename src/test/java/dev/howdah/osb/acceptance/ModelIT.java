package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.P3;
import static dev.howdah.osb.acceptance.TestCatalog.PN;
import static dev.howdah.osb.acceptance.TestCatalog.Q;
import static dev.howdah.osb.acceptance.TestCatalog.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Random sequences of the ten calls against a small model of the specification. */
class ModelIT {
    private final BrokerUnderTest broker = Brokers.current();

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void everyAnswerIsOneThatTheSpecificationAllows(@ForAll("sequences") List<Step> steps) {
        int before = broker.size();
        SpecificationModel model = new SpecificationModel(broker);

        steps.forEach(model::take);

        model.deleteEverything();
        assertThat(broker.size()).isEqualTo(before);
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        Arbitrary<String> plans = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(5, P1),
                net.jqwik.api.Tuple.of(2, P2),
                net.jqwik.api.Tuple.of(3, P3),
                net.jqwik.api.Tuple.of(1, PN),
                net.jqwik.api.Tuple.of(1, Q),
                net.jqwik.api.Tuple.of(1, UNKNOWN));
        Arbitrary<Map<String, Object>> parameters = Arbitraries.of(List.of(
                Map.of(),
                Map.of(),
                Map.of("storage", "2Gi"),
                Map.of("storage", "3Gi"),
                Map.of("storage", "99Gi"),
                Map.of("a", 1)));
        return Combinators.combine(
                        Arbitraries.of(Step.Call.class),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 1),
                        plans,
                        parameters,
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(5, true), net.jqwik.api.Tuple.of(1, false)))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    /** One call, on one of two instances and one of two bindings. */
    record Step(Call call, int instance, int binding, String plan, Map<String, Object> parameters, boolean async) {
        enum Call {
            CATALOG,
            PROVISION,
            FETCH,
            UPDATE,
            DEPROVISION,
            POLL,
            BIND,
            FETCH_BINDING,
            UNBIND,
            POLL_BINDING
        }
    }
}
