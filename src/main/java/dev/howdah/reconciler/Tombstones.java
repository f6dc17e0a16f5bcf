package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which resources of platforms are gone, and since when: OSB wants a poll answered differently for what was deleted and for
 * what never was. Kept in the ConfigMap {@value #NAME}, one entry per resource, for some days.
 */
final class Tombstones {
    static final String NAME = "howdah-tombstones";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final String namespace;
    private final Duration keep;
    private final Clock clock;
    private final SharedWrites additions = new SharedWrites(this::write);

    Tombstones(KubernetesClient client, String namespace, Duration keep, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.keep = keep;
        this.clock = clock;
    }

    /** Returns when it is remembered. */
    void add(HasMetadata gone) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        additions.add("\"" + gone.getMetadata().getName() + "\":\"" + now + "\"");
    }

    private void write(List<String> entries) {
        String together = String.join(",", entries);
        try {
            merge(together);
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw failure;
            }
            createEmpty();
            merge(together);
        }
    }

    /** Forgets what is older than what is kept. */
    void prune() {
        ConfigMap map = configMap().get();
        if (map == null || map.getData() == null) {
            return;
        }
        String expired = expired(map.getData(), clock.instant().minus(keep)).stream()
                .map(name -> "\"" + name + "\":null")
                .collect(Collectors.joining(","));
        if (!expired.isEmpty()) {
            merge(expired);
        }
    }

    static List<String> expired(Map<String, String> entries, Instant before) {
        return entries.entrySet().stream()
                .filter(entry -> !isYounger(entry.getValue(), before))
                .map(Map.Entry::getKey)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static boolean isYounger(String time, Instant before) {
        try {
            return Instant.parse(time).isAfter(before);
        } catch (DateTimeParseException _) {
            return false; // nothing of ours
        }
    }

    private void merge(String entries) {
        configMap().patch(MERGE, "{\"data\":{" + entries + "}}");
    }

    private void createEmpty() {
        try {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .withNamespace(namespace)
                            .addToLabels("app.kubernetes.io/managed-by", "howdah")
                            .addToLabels("app.kubernetes.io/part-of", "howdah")
                            .endMetadata()
                            .build())
                    .create();
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw failure;
            }
        }
    }

    private Resource<ConfigMap> configMap() {
        return client.configMaps().inNamespace(namespace).withName(NAME);
    }
}
