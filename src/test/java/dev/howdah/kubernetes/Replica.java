package dev.howdah.kubernetes;

import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.ServiceInstances;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;

/** One process of the broker, as far as this package goes: a client, watches and services of its own. */
final class Replica implements AutoCloseable {
    static final ClientSettings PATIENT = new ClientSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            1,
            Duration.ofMillis(200),
            Duration.ofMinutes(1),
            Duration.ZERO);

    final ServiceInstances instances;
    final ServiceBindings bindings;
    private final KubernetesClient client;
    private final WatchedResources<PostgresInstance> watchedInstances;
    private final WatchedResources<PostgresBinding> watchedBindings;

    Replica(KubernetesClient client, String namespace, Duration wait) {
        this.client = client;
        var configuration = new KubernetesConfiguration();
        var settings = new NamespaceSettings(namespace);
        var answers = new AnswerSettings(wait, wait, Duration.ofSeconds(50));
        watchedInstances = configuration.watchedInstances(client, settings);
        watchedBindings = configuration.watchedBindings(client, settings);
        Tombstones tombstones = configuration.tombstones(client, settings);
        instances = configuration.serviceInstances(
                watchedInstances,
                SampleCatalog.CATALOG,
                answers,
                new ExposureSettings(Exposure.NodePort),
                tombstones,
                PATIENT,
                Clock.systemUTC());
        bindings = configuration.serviceBindings(
                watchedInstances,
                watchedBindings,
                configuration.bindingCreation(
                        watchedInstances, watchedBindings, SampleCatalog.CATALOG, answers, Clock.systemUTC()),
                configuration.credentialSecrets(client, settings),
                answers,
                tombstones,
                PATIENT,
                Clock.systemUTC());
        watchedInstances.begin();
        watchedBindings.begin();
    }

    /** As when the application context begins to close. */
    void closing() {
        watchedInstances.watch().close();
        watchedBindings.watch().close();
    }

    @Override
    public void close() {
        watchedInstances.stop();
        watchedBindings.stop();
        client.close();
    }
}
