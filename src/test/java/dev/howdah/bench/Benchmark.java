package dev.howdah.bench;

import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerSpec.Engine;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import dev.howdah.crd.PostgresServerSpec.Resources;
import dev.howdah.crd.PostgresServerSpec.Storage;
import dev.howdah.testing.HowdahHarness;
import dev.howdah.testing.OsbClient;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;

/**
 * {@code ./mvnw -Pbench test-compile exec:exec}: prints how long a platform waits for usable credentials, beside the floor of
 * the same machine. Without {@code bench.url} it starts the embedded broker; with it, it measures that broker, and takes the
 * floor on the cluster of the current kubeconfig.
 */
public final class Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 20);
    private static final String PLAN = System.getProperty("bench.plan", "free");
    private static final String URL = System.getProperty("bench.url", "");
    private static final String NAMESPACE = System.getProperty("bench.namespace", "howdah-instances");
    private static final String NODE_HOST = System.getProperty("bench.node-host", "127.0.0.1");
    private static final String IMAGE = System.getProperty("bench.image", "");

    /** What the plan free asks for. */
    private static final PostgresServerSpec SPEC = new PostgresServerSpec(
            "17",
            IMAGE.isEmpty() ? null : IMAGE,
            new Resources("250m", null, "256Mi"),
            new Storage("1Gi", null),
            20,
            null,
            null,
            Exposure.NodePort,
            null,
            null,
            Engine.StatefulSet);

    private Benchmark() {}

    public static void run() throws Exception {
        if (URL.isEmpty()) {
            HowdahHarness harness = HowdahHarness.shared();
            measure(harness.osb(), harness.kubernetes());
            harness.close();
            harness.environment().close();
        } else {
            String user = System.getProperty("bench.user", "howdah");
            String password = System.getProperty("bench.password", "howdah");
            try (KubernetesClient kubernetes = new KubernetesClientBuilder().build()) {
                measure(OsbClient.of(URI.create(URL), user, password), kubernetes);
            }
        }
        System.exit(0);
    }

    private static void measure(OsbClient osb, KubernetesClient kubernetes) throws Exception {
        TimeToCredentials broker =
                new TimeToCredentials(new BrokerClient(osb, PLAN), new BareBinding(kubernetes, NAMESPACE));
        BareServer bare = new BareServer(kubernetes, NAMESPACE, NODE_HOST, WorkloadSettings.defaults());
        // The first of each measures class loading.
        broker.round(new Samples());
        bare.round(new Samples(), SPEC);
        Samples samples = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            broker.round(samples);
            bare.round(samples, SPEC);
        }
        System.out.printf(
                "%nPlan %s, %d rounds, one after the other, %s%n%n%s",
                PLAN, ROUNDS, URL.isEmpty() ? "embedded" : "on a cluster", samples.table());
    }
}
