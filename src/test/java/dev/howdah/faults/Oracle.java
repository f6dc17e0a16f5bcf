package dev.howdah.faults;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import dev.howdah.faults.Summary.Promise;
import dev.howdah.testing.OsbClient.Answer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compares what there is with what there shall be: by the broker's own drift report, and by counting at the source. */
final class Oracle {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final String namespace;
    private final Summary summary;

    Oracle(KubernetesClient client, String namespace, Summary summary) {
        this.client = client;
        this.namespace = namespace;
        this.summary = summary;
    }

    /** Waits until all agree, and notes what does not in the end. */
    void check(BrokerProcess broker, int instances, int bindings) {
        Map<String, Integer> expected = expected(instances, bindings);
        String[] last = {"the broker does not answer"};
        long begun = System.nanoTime();
        try {
            Waiting.until("no drift", PATIENCE, () -> {
                Map<String, Integer> counted = counted();
                JsonNode report = report(broker);
                last[0] = "counted " + counted + ", expected " + expected + ", findings " + report.path("findings")
                        + ", unchecked " + report.path("unchecked");
                return counted.equals(expected)
                        && report.path("findings").isEmpty()
                        && report.path("unchecked").isEmpty();
            });
            summary.count("checks that found no drift");
            summary.ended("agreement of everything", Duration.ofNanos(System.nanoTime() - begun));
        } catch (AssertionError drift) {
            summary.broken(Promise.LEAKED, last[0]);
        }
    }

    private static JsonNode report(BrokerProcess broker) {
        Answer answer = broker.osb().get("/actuator/howdah");
        if (answer.status() != 200) {
            throw new IllegalArgumentException(answer.toString());
        }
        return answer.json();
    }

    private static Map<String, Integer> expected(int instances, int bindings) {
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put("instances", instances);
        expected.put("bindings", bindings);
        expected.put("servers", instances);
        expected.put("StatefulSets", instances);
        expected.put("Pods", instances);
        expected.put("volumes", instances);
        expected.put("Services", 2 * instances);
        expected.put("Secrets of servers", 2 * instances);
        expected.put("Secrets of bindings", bindings);
        return expected;
    }

    private Map<String, Integer> counted() {
        Map<String, Integer> counted = new LinkedHashMap<>();
        counted.put("instances", count(PostgresInstance.class));
        counted.put("bindings", count(PostgresBinding.class));
        counted.put("servers", count(PostgresServer.class));
        counted.put("StatefulSets", count(StatefulSet.class));
        counted.put("Pods", count(Pod.class));
        counted.put("volumes", count(PersistentVolumeClaim.class));
        counted.put("Services", count(Service.class));
        counted.put("Secrets of servers", secrets("howdah.dev/server"));
        counted.put("Secrets of bindings", secrets("howdah.dev/binding"));
        return counted;
    }

    private <T extends HasMetadata> int count(Class<T> kind) {
        return client.resources(kind).inNamespace(namespace).list().getItems().size();
    }

    private int secrets(String label) {
        List<Secret> secrets =
                client.secrets().inNamespace(namespace).withLabel(label).list().getItems();
        return secrets.size();
    }
}
