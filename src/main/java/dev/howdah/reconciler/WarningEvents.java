package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import dev.howdah.workload.ServerNames;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What other controllers complained about the objects of a server. Asked only when a server takes longer than it should. */
final class WarningEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final Clock clock;

    WarningEvents(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    List<Event> about(PostgresServer server) {
        if (clock.instant()
                .isBefore(Instant.parse(server.getMetadata().getCreationTimestamp())
                        .plus(PATIENCE))) {
            return List.of();
        }
        ServerNames names = ServerNames.of(server);
        String namespace = server.getMetadata().getNamespace();
        return Stream.of(names.pod(), names.statefulSet(), names.persistentVolumeClaim())
                .distinct()
                .flatMap(name -> warnings(namespace, name))
                .toList();
    }

    private Stream<Event> warnings(String namespace, String name) {
        return client
                .v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.name", name)
                .list()
                .getItems()
                .stream()
                .filter(event -> "Warning".equals(event.getType()))
                .filter(event -> name.equals(event.getInvolvedObject().getName()))
                .filter(event -> !event.getInvolvedObject().getKind().startsWith("Postgres"));
    }
}
