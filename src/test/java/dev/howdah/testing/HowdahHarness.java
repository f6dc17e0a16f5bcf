package dev.howdah.testing;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole broker on a random port, on an embedded Kubernetes that all harnesses of this JVM share. Each harness has a
 * namespace of its own, so brokers with different settings do not meet.
 */
public final class HowdahHarness implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final EmbeddedKubernetes kubernetes = SharedKubernetes.KUBERNETES;
    private final String namespace;
    private final Map<String, String> properties;
    private @Nullable ConfigurableApplicationContext broker;
    private int port;

    private HowdahHarness(String namespace, Map<String, String> properties) {
        this.namespace = namespace;
        this.properties = new HashMap<>(EmbeddedBroker.PROPERTIES);
        this.properties.putAll(Map.of("howdah.namespace", namespace, "server.port", "0"));
        this.properties.putAll(properties);
        startBroker();
    }

    /** The broker with the default catalog, started once per JVM and never closed by a test. */
    public static HowdahHarness shared() {
        return SharedHarness.HARNESS;
    }

    /**
     * Another broker, which the caller closes.
     *
     * @param properties of Spring, on top of the embedded defaults, for example a catalog of the test's own
     */
    public static HowdahHarness with(Map<String, String> properties) {
        String namespace = "howdah-" + COUNT.incrementAndGet();
        SharedKubernetes.KUBERNETES.createNamespace(namespace);
        return new HowdahHarness(namespace, properties);
    }

    private static final class SharedKubernetes {
        static final EmbeddedKubernetes KUBERNETES = EmbeddedKubernetes.start();

        static {
            System.out.println("Kubernetes for tests: " + KUBERNETES);
        }
    }

    private static final class SharedHarness {
        static final HowdahHarness HARNESS = new HowdahHarness(EmbeddedKubernetes.NAMESPACE, Map.of());
    }

    /** The broker's address, without {@code /v2} and without a slash at the end; stays the same over restarts. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A platform that is logged in. */
    public OsbClient osb() {
        return OsbClient.of(baseUrl(), EmbeddedBroker.USER, EmbeddedBroker.PASSWORD);
    }

    /** A client that may do everything. */
    public KubernetesClient kubernetes() {
        return kubernetes.client();
    }

    /** The embedded environment itself. */
    public EmbeddedKubernetes environment() {
        return kubernetes;
    }

    /** The namespace of this broker's objects. */
    public String namespace() {
        return namespace;
    }

    /** The running broker's beans. */
    public ApplicationContext context() {
        if (broker == null) {
            throw new IllegalStateException("The broker is stopped");
        }
        return broker;
    }

    /** Stops the broker; Kubernetes and the servers stay. */
    public void stopBroker() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    /** Starts the broker at the port it had. */
    public void startBroker() {
        broker = EmbeddedBroker.run(kubernetes, properties);
        String chosen = broker.getEnvironment().getProperty("local.server.port", "0");
        port = Integer.parseInt(chosen);
        properties.put("server.port", chosen);
    }

    public void restartBroker() {
        stopBroker();
        startBroker();
    }

    /** @param changed properties of Spring that differ from now on */
    public void restartBroker(Map<String, String> changed) {
        properties.putAll(changed);
        restartBroker();
    }

    @Override
    public void close() {
        stopBroker();
    }
}
