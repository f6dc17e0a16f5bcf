package dev.howdah.osb.acceptance;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.testing.HowdahHarness;
import io.fabric8.kubernetes.client.CustomResource;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;
import org.springframework.context.SmartLifecycle;

/** The whole broker on an embedded Kubernetes with real PostgreSQL servers. */
final class EmbeddedBrokerUnderTest implements BrokerUnderTest {
    private static final Map<String, String> PROPERTIES = Map.of(
            "spring.profiles.active", "acceptance",
            "howdah.osb.wait", "0s",
            "howdah.osb.bind-wait", "3s",
            "howdah.osb.sync-wait", "15s");

    private final HowdahHarness harness = HowdahHarness.with(PROPERTIES);
    private boolean held;
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

    @Override
    public void breakDown() {
        throw new TestAbortedException("Real servers do not fail on demand");
    }

    @Override
    public void recover() {
        // Nothing was broken.
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
        throw new TestAbortedException("It takes days");
    }

    @Override
    public boolean crashesOnDemand() {
        return false;
    }

    /** What an earlier test leaves to be torn down does not count. */
    @Override
    public int size() {
        return remaining(PostgresInstance.class) + remaining(PostgresBinding.class);
    }

    private <T extends CustomResource<?, ?>> int remaining(Class<T> type) {
        return (int) harness.kubernetes().resources(type).inNamespace(harness.namespace()).list().getItems().stream()
                .filter(resource -> !resource.isMarkedForDeletion())
                .count();
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
