package dev.howdah.reconciler;

import dev.howdah.crd.LeanStore;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Makes operators. An operator lives for one term of leadership and is not started again. */
final class OperatorFactory {
    private final KubernetesClient client;
    private final ReconcilerSettings settings;
    private final Reconcilers reconcilers;
    private final ReconcileMetrics metrics;
    private final UnaryOperator<Runnable> whenAllowed;

    /** @param whenAllowed makes a round of reconciling wait until it may begin */
    OperatorFactory(
            KubernetesClient client,
            ReconcilerSettings settings,
            Reconcilers reconcilers,
            ReconcileMetrics metrics,
            UnaryOperator<Runnable> whenAllowed) {
        this.client = client;
        this.settings = settings;
        this.reconcilers = reconcilers;
        this.metrics = metrics;
        this.whenAllowed = whenAllowed;
    }

    /**
     * Asks for what an operator needs, because one that starts in vain leaves watches behind.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server is away or lacks a resource definition
     */
    void requireApi() {
        for (Class<? extends HasMetadata> kind :
                List.of(PostgresServer.class, PostgresInstance.class, PostgresBinding.class)) {
            client.resources(kind)
                    .inNamespace(settings.namespace())
                    .list(new ListOptionsBuilder().withLimit(1L).build());
        }
    }

    /** @param onInformerLost told when a watch broke for good, after which the operator no longer sees changes */
    Operator create(InformerStoppedHandler onInformerLost) {
        metrics.reset();
        Operator operator = new Operator(overrider -> overrider
                .withMetrics(metrics)
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(Executors.newThreadPerTaskExecutor(
                        round -> Thread.ofVirtual().unstarted(whenAllowed.apply(round))))
                // A status has one writer, this operator: a patch of the difference is all it takes.
                .withUseSSAToPatchPrimaryResource(false)
                // The default ends the process, and with it the HTTP API.
                .withInformerStoppedHandler(onInformerLost)
                .withCacheSyncTimeout(Duration.ofSeconds(30))
                .withReconciliationTerminationTimeout(Duration.ofSeconds(2)));
        operator.register(
                reconcilers.server(), configuration -> configure(configuration, "server", Labels.SERVER_FINALIZER));
        operator.register(
                reconcilers.instance(),
                configuration -> configure(configuration, "instance", Labels.INSTANCE_FINALIZER));
        operator.register(
                reconcilers.binding(), configuration -> configure(configuration, "binding", Labels.BINDING_FINALIZER));
        return operator;
    }

    private <T extends HasMetadata> void configure(
            ControllerConfigurationOverrider<T> configuration, String name, String finalizer) {
        configuration
                .withName(name)
                .withFinalizer(finalizer)
                .withFieldManager("howdah")
                .settingNamespace(settings.namespace())
                .withItemStore(new LeanStore<>())
                .withRetry(new GenericRetry()
                        .setInitialInterval(Duration.ofMillis(100))
                        .setIntervalMultiplier(2)
                        .setMaxInterval(Duration.ofSeconds(15).toMillis())
                        .withoutMaxAttempts());
    }
}
