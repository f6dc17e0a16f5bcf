package dev.howdah.osb.acceptance;

import static dev.howdah.osb.acceptance.TestCatalog.P1;
import static dev.howdah.osb.acceptance.TestCatalog.S;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** What every class of the suite does: the calls of the API, and instances in the state that a case begins with. */
abstract class Acceptance {
    static final String AI = "accepts_incomplete=true";
    static final Duration PATIENCE = Duration.ofSeconds(180);

    final BrokerUnderTest broker;
    final Platform platform;
    final Platform waiting;
    private final List<Runnable> cleanups = new ArrayList<>();

    Acceptance() {
        this.broker = getClass().isAnnotationPresent(OnServers.class) ? Brokers.withServers() : Brokers.current();
        this.platform = Platform.replaying(broker);
        this.waiting = new Platform(broker);
    }

    Acceptance(BrokerUnderTest broker) {
        this.broker = broker;
        this.platform = Platform.replaying(broker);
        this.waiting = new Platform(broker);
    }

    @AfterEach
    void leaveNothingBehind() {
        broker.recover();
        broker.release();
        cleanups.forEach(Runnable::run);
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    static String instancePath(String id) {
        return "/v2/service_instances/" + id;
    }

    static String bindingPath(String instance, String binding) {
        return instancePath(instance) + "/service_bindings/" + binding;
    }

    static String ids(String service, String plan) {
        return "service_id=%s&plan_id=%s".formatted(service, plan);
    }

    /** A body with what a provisioning needs; {@code more} are pairs that are added, or taken out by a null. */
    static Map<String, Object> provisionBody(String plan, Object... more) {
        return with(object("service_id", S, "plan_id", plan, "organization_guid", "org", "space_guid", "space"), more);
    }

    static Map<String, Object> bindBody(String plan, Object... more) {
        return with(object("service_id", S, "plan_id", plan), more);
    }

    static Map<String, Object> object(Object... pairs) {
        return with(new LinkedHashMap<>(), pairs);
    }

    private static Map<String, Object> with(Map<String, Object> body, Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] == null) {
                body.remove((String) pairs[i]);
            } else {
                body.put((String) pairs[i], pairs[i + 1]);
            }
        }
        return body;
    }

    Answer provision(String id, Map<String, ?> body, String... query) {
        Platform.Call call = platform.call("PUT", instancePath(id)).json(body);
        List.of(query).forEach(call::query);
        cleanups.add(() -> discard(id, body));
        return call.send();
    }

    private void discard(String id, Map<String, ?> body) {
        Answer known = waiting.call("GET", instancePath(id)).send();
        Object service = known.status() == 200 ? known.json().path("service_id").asString() : body.get("service_id");
        Object plan = known.status() == 200 ? known.json().path("plan_id").asString() : body.get("plan_id");
        if (service != null && plan != null) {
            deprovision(id, ids(service.toString(), plan.toString()), AI);
        }
    }

    Answer update(String id, Map<String, ?> body, String... query) {
        Platform.Call call = platform.call("PATCH", instancePath(id)).json(body);
        List.of(query).forEach(call::query);
        return call.send();
    }

    Answer deprovision(String id, String... query) {
        Platform.Call call = platform.call("DELETE", instancePath(id));
        List.of(query).forEach(call::query);
        return call.send();
    }

    Answer fetch(String id) {
        return platform.call("GET", instancePath(id)).send();
    }

    Answer poll(String id, String... query) {
        Platform.Call call = platform.call("GET", instancePath(id) + "/last_operation");
        List.of(query).forEach(call::query);
        return call.send();
    }

    Answer bind(String instance, String binding, Map<String, ?> body, String... query) {
        Platform.Call call =
                platform.call("PUT", bindingPath(instance, binding)).json(body);
        List.of(query).forEach(call::query);
        return call.send();
    }

    Answer unbind(String instance, String binding, String... query) {
        Platform.Call call = platform.call("DELETE", bindingPath(instance, binding));
        List.of(query).forEach(call::query);
        return call.send();
    }

    Answer fetchBinding(String instance, String binding) {
        return platform.call("GET", bindingPath(instance, binding)).send();
    }

    Answer pollBinding(String instance, String binding, String... query) {
        Platform.Call call = platform.call("GET", bindingPath(instance, binding) + "/last_operation");
        List.of(query).forEach(call::query);
        return call.send();
    }

    /** I: an instance on P1 that is ready. */
    String ready(Object... more) {
        return readyOn(P1, more);
    }

    String readyOn(String plan, Object... more) {
        String id = newId();
        Answer answer = provision(id, provisionBody(plan, more), AI).hasStatus(201, 202);
        if (answer.status() == 202) {
            awaitSuccess(id, answer.operation());
        }
        return id;
    }

    /** W: an instance on P1 that is being provisioned for as long as the broker is held. */
    String waiting(Object... more) {
        String id = newId();
        broker.hold();
        provision(id, provisionBody(P1, more), AI).hasStatus(202);
        return id;
    }

    /** K: a binding that is ready. */
    String bound(String instance, Object... more) {
        String id = newId();
        bind(instance, id, bindBody(P1, more)).hasStatus(201);
        return id;
    }

    void awaitSuccess(String id, String operation) {
        assertThat(awaitEnd(id, operation).state()).isEqualTo("succeeded");
    }

    /** A deletion that nothing had to be done for may be forgotten at once, which is told with 410. */
    void awaitGone(String id, String operation) {
        Answer end = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> poll(waiting, instancePath(id), operation).hasStatus(200, 410),
                        answer -> !answer.state().equals("in progress"));
        assertThat(end.status() == 410 || end.state().equals("succeeded"))
                .as(end.text())
                .isTrue();
    }

    Answer awaitEnd(String id, String operation) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> poll(waiting, instancePath(id), operation).hasStatus(200),
                        answer -> !answer.state().equals("in progress"));
    }

    Answer awaitBindingEnd(String instance, String binding, String operation) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> poll(waiting, bindingPath(instance, binding), operation)
                                .hasStatus(200),
                        answer -> !answer.state().equals("in progress"));
    }

    private static Answer poll(Platform platform, String path, String operation) {
        return platform.call("GET", path + "/last_operation")
                .query("operation=" + operation)
                .send();
    }
}
