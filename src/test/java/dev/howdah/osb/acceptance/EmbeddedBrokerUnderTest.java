package dev.howdah.osb.acceptance;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.testing.HowdahHarness;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** The whole broker on an embedded Kubernetes with real PostgreSQL servers. */
final class EmbeddedBrokerUnderTest implements BrokerUnderTest {
    private static final int SHORTEST_POLLING = 10;
    private static final Map<String, String> PROPERTIES = Map.of(
            "spring.profiles.active", "acceptance",
            "howdah.osb.wait", "0s",
            "howdah.osb.bind-wait", "3s",
            "howdah.osb.sync-wait", "15s");

    private final HowdahHarness harness = HowdahHarness.with(PROPERTIES);
    private boolean held;
    private boolean broken;
    private boolean withoutReconcilers;

    static BrokerUnderTest started() {
        return new EmbeddedBrokerUnderTest();
    }

    @Override
    public URI url() {
        return harness.baseUrl();
    }

    private SmartLifecycle reconcilers() {
        return harness.context().getBean("reconcilerLifecycle", SmartLifecycle.class);
    }

    @Override
    public void hold() {
        if (!held) {
            held = true;
            reconcilers().stop();
        }
    }

    @Override
    public void release() {
        if (withoutReconcilers) {
            withoutReconcilers = false;
            held = false;
            harness.restartBroker(Map.of("howdah.reconcile", "true"));
        } else if (held) {
            held = false;
            reconcilers().start();
        }
    }

    /** The node hangs, and operations get the shortest time that a plan may give them. */
    @Override
    public void breakDown() {
        broken = true;
        restart("acceptance.polling=" + SHORTEST_POLLING + "s");
        instances().forEach(instance -> shorten(instance.getMetadata().getName()));
        harness.environment().node().pause();
    }

    private void shorten(String name) {
        var instance = harness.kubernetes()
                .resources(PostgresInstance.class)
                .inNamespace(harness.namespace())
                .withName(name);
        instance.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"spec\":{\"operationTimeoutSeconds\":%d}}".formatted(SHORTEST_POLLING));
        instance.waitUntilCondition(EmbeddedBrokerUnderTest::isSettled, 60, TimeUnit.SECONDS);
    }

    private static boolean isSettled(@Nullable PostgresInstance instance) {
        return instance == null
                || instance.getStatus() != null
                        && instance.getStatus().operation().state() != Operation.State.InProgress
                        && instance.getMetadata()
                                .getGeneration()
                                .equals(instance.getStatus().observedGeneration());
    }

    @Override
    public void recover() {
        if (broken) {
            broken = false;
            harness.environment().node().resume();
            restart("acceptance.polling=10m");
        }
    }

    @Override
    public void restart(String... properties) {
        Map<String, String> all = new HashMap<>(Map.of("acceptance.p2-retired", "false"));
        all.putAll(Arrays.stream(properties)
                .map(property -> property.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        all.put("howdah.reconcile", String.valueOf(!held));
        withoutReconcilers = held;
        harness.restartBroker(all);
    }

    @Override
    public void forgetTheDeleted() {
        harness.kubernetes()
                .configMaps()
                .inNamespace(harness.namespace())
                .withName("howdah-tombstones")
                .delete();
    }

    /** What an earlier test leaves to be torn down does not count. */
    @Override
    public int size() {
        Set<String> going = all(PostgresInstance.class)
                .filter(HasMetadata::isMarkedForDeletion)
                .map(instance -> instance.getMetadata().getName())
                .collect(Collectors.toSet());
        long bindings = all(PostgresBinding.class)
                .filter(binding -> !binding.isMarkedForDeletion())
                .filter(binding -> !going.contains(binding.getSpec().instanceRef()))
                .count();
        return (int) (instances().count() + bindings);
    }

    private Stream<PostgresInstance> instances() {
        return all(PostgresInstance.class).filter(instance -> !instance.isMarkedForDeletion());
    }

    private <T extends CustomResource<?, ?>> Stream<T> all(Class<T> type) {
        return harness.kubernetes().resources(type).inNamespace(harness.namespace()).list().getItems().stream();
    }

    @Override
    public boolean accepts(Map<String, String> credentials) {
        try (var connection = DriverManager.getConnection(credentials.get("jdbc_url"))) {
            return connection.isValid(5);
        } catch (SQLException refused) {
            return false;
        }
    }
}
