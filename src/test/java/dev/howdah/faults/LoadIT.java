package dev.howdah.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.testing.OsbClient;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.testing.embedded.api.NodePorts;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures requests, memory and the time to start with much on record: control plane only, no reconciling. The figures go to
 * the summary; only wrong answers fail.
 */
@Tag("faults")
class LoadIT {
    private static final int STEP = 250;
    private static final int STEPS = 2;
    private static final int BINDINGS_EACH = 4;
    private static final int SAMPLES = 40;

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final NodePorts ports = NodePorts.reserve();
    private final Summary summary = new Summary("load", kubernetes.toString(), 0);
    private int made;

    @Test
    void fiveHundredInstancesAndTwoThousandBindingsSlowNothingDown() throws IOException {
        try (kubernetes;
                ports;
                BrokerProcess broker = BrokerProcess.of(
                        "load",
                        kubernetes,
                        ports,
                        Map.of("howdah.reconcile", "false", "howdah.osb.wait", "0s", "howdah.osb.bind-wait", "0s"))) {
            measure(broker, 0);
            for (int step = 1; step <= STEPS; step++) {
                IntStream.range(0, STEP).parallel().forEach(_ -> record(broker.osb()));
                measure(broker, step * STEP);
            }
        }
        summary.write();
    }

    private void measure(BrokerProcess broker, int instances) throws IOException {
        broker.kill();
        long begun = System.nanoTime();
        broker.start();
        summary.took("start with %d instances".formatted(instances), Duration.ofNanos(System.nanoTime() - begun));
        OsbClient osb = broker.osb();
        record(osb);
        String id = id(made - 1);
        for (int warmUp = 0; warmUp < SAMPLES; warmUp++) {
            osb.get("/v2/service_instances/" + id);
        }
        sample(
                "GET instance",
                instances,
                () -> osb.get("/v2/service_instances/" + id).status(),
                200);
        sample(
                "poll",
                instances,
                () -> osb.get("/v2/service_instances/" + id + "/last_operation").status(),
                200);
        sample(
                "GET binding",
                instances,
                () -> osb.get("/v2/service_instances/" + id + "/service_bindings/" + id + "-0")
                        .status(),
                200);
        sample(
                "the same PUT again",
                instances,
                () -> osb.put("/v2/service_instances/" + id + "?accepts_incomplete=true", Platform.PROVISION)
                        .status(),
                200);
        sample(
                "PUT of a new instance",
                instances,
                () -> osb.put(
                                "/v2/service_instances/" + UUID.randomUUID() + "?accepts_incomplete=true",
                                Platform.PROVISION)
                        .status(),
                202);
        summary.say("%d instances: resident memory %d MiB, heap in use %d MiB"
                .formatted(instances, broker.residentMebibytes(), heapMebibytes(osb)));
        summary.write();
    }

    private static long heapMebibytes(OsbClient osb) {
        double bytes = osb.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
        return Math.round(bytes / 1024 / 1024);
    }

    private interface Call {
        int status();
    }

    private void sample(String name, int instances, Call call, int expected) {
        long[] nanos = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            long begun = System.nanoTime();
            assertThat(call.status()).isEqualTo(expected);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        summary.say("%d instances: %s p50 %.1f ms, p95 %.1f ms"
                .formatted(instances, name, nanos[SAMPLES / 2] / 1e6, nanos[SAMPLES * 95 / 100] / 1e6));
        summary.took("%s, p50 with %d instances".formatted(name, instances), Duration.ofNanos(nanos[SAMPLES / 2]));
    }

    private static String id(int number) {
        return "load-" + number;
    }

    /** Has the platform ask for an instance with its bindings, and says what a reconciler would say of them. */
    private void record(OsbClient osb) {
        String id = id(next());
        String path = "/v2/service_instances/" + id;
        assertThat(osb.put(path + "?accepts_incomplete=true", Platform.PROVISION)
                        .status())
                .isEqualTo(202);
        KubernetesClient client = kubernetes.client();
        PostgresInstance instance = client.resources(PostgresInstance.class)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName("pg-" + id)
                .get();
        status(
                instance,
                new PostgresInstanceStatus(
                        PostgresInstanceStatus.Phase.Ready,
                        1L,
                        List.of(),
                        "pg-" + id,
                        "db",
                        null,
                        done(instance, Operation.Type.Provision)));
        for (int i = 0; i < BINDINGS_EACH; i++) {
            bind(osb, path, id + "-" + i);
        }
    }

    private synchronized int next() {
        return made++;
    }

    private void bind(OsbClient osb, String path, String id) {
        assertThat(osb.put(path + "/service_bindings/" + id + "?accepts_incomplete=true", Platform.BIND)
                        .status())
                .isEqualTo(202);
        KubernetesClient client = kubernetes.client();
        PostgresBinding binding = client.resources(PostgresBinding.class)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName("pgb-" + id)
                .get();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("pgb-" + id)
                        .withNamespace(EmbeddedKubernetes.NAMESPACE)
                        .endMetadata()
                        .addToData(
                                "uri",
                                Base64.getEncoder().encodeToString("postgresql://a".getBytes(StandardCharsets.UTF_8)))
                        .build())
                .create();
        status(
                binding,
                new PostgresBindingStatus(
                        PostgresBindingStatus.Phase.Ready,
                        1L,
                        List.of(),
                        "b",
                        new PostgresBindingStatus.SecretReference("pgb-" + id),
                        done(binding, Operation.Type.Bind)));
    }

    private static Operation done(CustomResource<?, ?> resource, Operation.Type type) {
        String id = type.name().toLowerCase(java.util.Locale.ROOT) + "-"
                + resource.getMetadata().getUid();
        return new Operation(id, type, Operation.State.Succeeded, null, null, null);
    }

    private <S, T extends CustomResource<?, S>> void status(T resource, S status) {
        resource.setStatus(status);
        kubernetes.client().resource(resource).updateStatus();
    }
}
