package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.P2;
import static dev.howdah.osb.acceptance.TestCatalog.P3;
import static dev.howdah.osb.acceptance.TestCatalog.PN;
import static dev.howdah.osb.acceptance.TestCatalog.S;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What should be there after the calls so far, and with which status each further call may be answered. */
final class SpecificationModel extends Acceptance {
    private static final Set<String> PLANS = Set.of(P1, P2, P3, PN);

    private final String prefix = newId();
    private final Map<String, Known> instances = new HashMap<>();
    private final Map<String, String> bindings = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();

    SpecificationModel(BrokerUnderTest broker) {
        super(broker);
    }

    /** @param asMade whether no update has changed what the first request said */
    private record Known(String plan, Map<String, Object> parameters, boolean asMade) {}

    void take(ModelIT.Step step) {
        String id = prefix + "-" + step.instance();
        String binding = id + "-" + step.binding();
        switch (step.call()) {
            case CATALOG -> platform.call("GET", "/v2/catalog").send().hasStatus(200);
            case PROVISION -> provision(id, step);
            case FETCH -> fetch(id).hasStatus(instances.containsKey(id) ? 200 : 404);
            case UPDATE -> update(id, step);
            case DEPROVISION -> deprovision(id, step);
            case POLL -> poll(id).hasStatus(remembered(id, instances.containsKey(id)));
            case BIND -> bind(id, binding, step);
            case FETCH_BINDING -> fetchBinding(id, binding).hasStatus(bindings.containsKey(binding) ? 200 : 404);
            case UNBIND -> unbind(id, binding, step);
            case POLL_BINDING ->
                pollBinding(id, binding)
                        .hasStatus(bindings.containsKey(binding) ? new int[] {200} : new int[] {200, 404});
        }
    }

    void deleteEverything() {
        List.copyOf(instances.keySet())
                .forEach(id -> end(
                        id,
                        platform.call("DELETE", instancePath(id))
                                .query(AI)
                                .query(ids(S, instances.get(id).plan()))
                                .send()
                                .hasStatus(200, 202)));
    }

    private int[] remembered(String id, boolean known) {
        return known ? new int[] {200} : deleted.contains(id) ? new int[] {200, 404} : new int[] {404};
    }

    private static boolean fits(String plan, Map<String, Object> parameters) {
        return PLANS.contains(plan) && !parameters.containsKey("a") && !"99Gi".equals(parameters.get("storage"));
    }

    private void provision(String id, ModelIT.Step step) {
        Answer answer = platform.call("PUT", instancePath(id))
                .query(step.async() ? AI : "")
                .json(provisionBody(step.plan(), "parameters", step.parameters()))
                .send();
        Known known = instances.get(id);
        if (!fits(step.plan(), step.parameters())) {
            answer.hasStatus(400);
        } else if (known != null) {
            boolean same =
                    known.plan().equals(step.plan()) && known.parameters().equals(step.parameters());
            answer.hasStatus(known.asMade() ? new int[] {same ? 200 : 409} : new int[] {200, 409});
        } else if (!step.async() && !step.plan().equals(P3)) {
            answer.hasStatus(422);
        } else {
            answer.hasStatus(201, 202);
            if (answer.status() == 202) {
                awaitSuccess(id, answer.operation());
            }
            instances.put(id, new Known(step.plan(), step.parameters(), true));
        }
    }

    private void update(String id, ModelIT.Step step) {
        Answer answer = platform.call("PATCH", instancePath(id))
                .query(step.async() ? AI : "")
                .json(object("service_id", S, "plan_id", step.plan(), "parameters", step.parameters()))
                .send();
        Known known = instances.get(id);
        if (!fits(step.plan(), step.parameters())) {
            answer.hasStatus(400);
        } else if (known == null) {
            answer.hasStatus(404);
        } else {
            answer.hasStatus(200, 202, 422);
            if (answer.status() == 202) {
                awaitSuccess(id, answer.operation());
            }
            if (answer.status() != 422) {
                Map<String, Object> merged = new HashMap<>(known.parameters());
                merged.putAll(step.parameters());
                instances.put(id, new Known(step.plan(), merged, false));
            }
        }
    }

    private void deprovision(String id, ModelIT.Step step) {
        Answer answer = platform.call("DELETE", instancePath(id))
                .query(step.async() ? AI : "")
                .query(ids(S, step.plan()))
                .send();
        Known known = instances.get(id);
        if (known == null) {
            answer.hasStatus(410);
        } else if (!known.plan().equals(step.plan())) {
            // A platform may still name the plan that the instance had before an update.
            answer.hasStatus(known.asMade() ? new int[] {400} : new int[] {200, 202, 400, 422});
            end(id, answer);
        } else if (!step.async() && !step.plan().equals(P3)) {
            answer.hasStatus(known.asMade() ? new int[] {422} : new int[] {200, 422});
            end(id, answer);
        } else {
            end(id, answer.hasStatus(200, 202));
        }
    }

    private void end(String id, Answer answer) {
        if (answer.status() == 202) {
            awaitSuccess(id, answer.operation());
        }
        if (answer.status() < 300) {
            instances.remove(id);
            bindings.keySet().removeIf(binding -> binding.startsWith(id));
            deleted.add(id);
        }
    }

    private void bind(String id, String binding, ModelIT.Step step) {
        Map<String, Object> parameters = step.parameters().isEmpty() ? Map.of() : Map.of("access", "read-only");
        boolean fits = PLANS.contains(step.plan())
                && !step.plan().equals(PN)
                && !step.parameters().containsKey("a");
        Answer answer = platform.call("PUT", bindingPath(id, binding))
                .json(bindBody(
                        step.plan(), "parameters", step.parameters().containsKey("a") ? step.parameters() : parameters))
                .send();
        Known known = instances.get(id);
        if (!fits) {
            answer.hasStatus(400);
        } else if (known == null) {
            answer.hasStatus(404);
        } else if (!known.plan().equals(step.plan())) {
            answer.hasStatus(known.asMade() ? new int[] {400} : new int[] {400, 409, 200, 201});
            if (answer.status() == 201) {
                bindings.put(binding, parameters.toString());
            }
        } else if (bindings.containsKey(binding)) {
            boolean same = Objects.equals(bindings.get(binding), parameters.toString());
            answer.hasStatus(same ? 200 : 409);
        } else {
            answer.hasStatus(201);
            bindings.put(binding, parameters.toString());
        }
    }

    private void unbind(String id, String binding, ModelIT.Step step) {
        Answer answer = platform.call("DELETE", bindingPath(id, binding))
                .query(ids(S, step.plan()))
                .send();
        Known known = instances.get(id);
        if (!bindings.containsKey(binding)) {
            answer.hasStatus(410);
        } else if (known == null || !known.plan().equals(step.plan())) {
            answer.hasStatus(known != null && known.asMade() ? new int[] {400} : new int[] {200, 400});
        } else {
            answer.hasStatus(200, 400);
        }
        if (answer.status() == 200) {
            bindings.remove(binding);
        }
    }
}
