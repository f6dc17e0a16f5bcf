package dev.howdah.reconciler;

import static org.awaitility.Awaitility.await;

import dev.howdah.catalog.Catalog;
import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.catalog.ServicePlan.ServerSize;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresInstanceSpec.DeletionPolicy;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerSpec.Exposure;
import dev.howdah.crd.PostgresServerSpec.Resources;
import dev.howdah.crd.PostgresServerSpec.Storage;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.reconciler.ReconcilerSettings.ExposureSettings;
import dev.howdah.reconciler.ReconcilerSettings.LeaderElectionSettings;
import dev.howdah.reconciler.ReconcilerSettings.Reach;
import dev.howdah.reconciler.ReconcilerSettings.TombstoneSettings;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The reconcilers on a Kubernetes of this JVM's own, whose servers are real ones. */
final class RunningReconcilers implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final ServicePlan FREE = plan("free", "256Mi", 20);

    private static final PostgresServers SERVERS =
            new AnnotationConfigApplicationContext("dev.howdah.postgres").getBean(PostgresServers.class);

    private final EmbeddedKubernetes kubernetes;
    private WorkloadSettings workload = workload(Duration.ofMinutes(5));
    private Leadership leadership;

    private RunningReconcilers(EmbeddedKubernetes kubernetes) {
        this.kubernetes = kubernetes;
        this.leadership = newLeadership();
        leadership.start();
    }

    static RunningReconcilers start() {
        return new RunningReconcilers(EmbeddedKubernetes.start());
    }

    KubernetesClient client() {
        return kubernetes.client();
    }

    /** As if the process ended and another one began. */
    void restart() {
        restart(workload);
    }

    /** As if a new release began that wants other pods. */
    void restart(WorkloadSettings changed) {
        leadership.close();
        workload = changed;
        leadership = newLeadership();
        leadership.start();
    }

    void stopReconciling() {
        leadership.close();
    }

    PostgresInstance createInstance(String name, @Nullable PostgresServerSpec server) {
        return createInstance(name, server, null);
    }

    PostgresInstance createInstance(
            String name, @Nullable PostgresServerSpec server, @Nullable DeletionPolicy deletionPolicy) {
        PostgresInstance instance = new PostgresInstance();
        instance.setMetadata(metadata(name));
        instance.setSpec(new PostgresInstanceSpec(null, "free", server, null, null, null, null, deletionPolicy, null));
        return client().resource(instance).create();
    }

    /** What the reconciler is to make of an instance from now on. */
    void change(String name, UnaryOperator<PostgresServerSpec> server) {
        client().resource(Objects.requireNonNull(instance(name))).edit(found -> {
            PostgresInstanceSpec old = found.getSpec();
            found.setSpec(new PostgresInstanceSpec(
                    old.offering(),
                    old.plan(),
                    server.apply(Objects.requireNonNull(old.server())),
                    old.database(),
                    old.extensions(),
                    old.maintenanceVersion(),
                    old.operationTimeoutSeconds(),
                    old.deletionPolicy(),
                    old.request()));
            return found;
        });
    }

    <T extends HasMetadata> @Nullable T find(Class<T> kind, String name) {
        return client().resources(kind)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .get();
    }

    PostgresBinding createBinding(String name, String instance) {
        PostgresBinding binding = new PostgresBinding();
        binding.setMetadata(metadata(name));
        binding.setSpec(new PostgresBindingSpec(instance, null, null, null, null, null, null, null, null));
        return client().resource(binding).create();
    }

    @Nullable
    PostgresInstance instance(String name) {
        return client().resources(PostgresInstance.class)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .get();
    }

    @Nullable
    PostgresBinding binding(String name) {
        return client().resources(PostgresBinding.class)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .get();
    }

    PostgresInstance awaitInstance(String name, Predicate<PostgresInstanceStatus> condition) {
        return await().atMost(PATIENCE)
                .until(
                        () -> instance(name),
                        found -> found != null && found.getStatus() != null && condition.test(found.getStatus()));
    }

    PostgresInstance awaitReady(String name) {
        return awaitInstance(name, status -> status.phase() == PostgresInstanceStatus.Phase.Ready);
    }

    Map<String, String> awaitCredentials(String binding) {
        await().atMost(PATIENCE)
                .until(
                        () -> binding(binding),
                        found -> found != null
                                && found.getStatus() != null
                                && found.getStatus().phase() == dev.howdah.crd.PostgresBindingStatus.Phase.Ready);
        return credentials(binding);
    }

    Map<String, String> credentials(String binding) {
        Secret secret = Objects.requireNonNull(client().secrets()
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(binding)
                .get());
        return Map.of(
                "jdbc_url", SecretContent.require(secret, "jdbc_url"),
                "uri", SecretContent.require(secret, "uri"),
                "username", SecretContent.require(secret, "username"),
                "password", SecretContent.require(secret, "password"));
    }

    /** What is there, for the message of a test that waited in vain. */
    String inventory() {
        return java.util.stream.Stream.<Class<? extends io.fabric8.kubernetes.api.model.HasMetadata>>of(
                        PostgresInstance.class,
                        PostgresBinding.class,
                        dev.howdah.crd.PostgresServer.class,
                        io.fabric8.kubernetes.api.model.apps.StatefulSet.class,
                        io.fabric8.kubernetes.api.model.Pod.class,
                        io.fabric8.kubernetes.api.model.PersistentVolumeClaim.class)
                .flatMap(kind ->
                        client().resources(kind).inNamespace(EmbeddedKubernetes.NAMESPACE).list().getItems().stream())
                .map(object -> object.getKind() + " " + object.getMetadata().getName() + " "
                        + object.getMetadata().getDeletionTimestamp() + " "
                        + object.getMetadata().getFinalizers()
                        + (object instanceof io.fabric8.kubernetes.client.CustomResource<?, ?> custom
                                ? " " + custom.getStatus()
                                : "")
                        + (object instanceof io.fabric8.kubernetes.api.model.Pod pod
                                ? "\n" + kubernetes.output(pod.getMetadata().getName())
                                : ""))
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    static String query(Map<String, String> credentials, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(credentials.get("jdbc_url"));
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }

    static PostgresServerSpec server(String memory, int connections) {
        return new PostgresServerSpec(
                "17",
                null,
                new Resources("250m", null, memory),
                new Storage("1Gi", null),
                connections,
                null,
                null,
                Exposure.NodePort,
                null,
                null,
                null);
    }

    static PostgresServerSpec withSettings(PostgresServerSpec spec, Map<String, String> settings) {
        return new PostgresServerSpec(
                spec.version(),
                spec.image(),
                spec.resources(),
                spec.storage(),
                spec.maxConnections(),
                spec.initdbArgs(),
                settings,
                spec.exposure(),
                spec.scheduling(),
                spec.clientNamespaces(),
                spec.engine());
    }

    private Leadership newLeadership() {
        return new ReconcilerAssembly(
                        client(),
                        client(),
                        new ReconcilerSettings(
                                EmbeddedKubernetes.NAMESPACE,
                                Reach.ENDPOINT,
                                Duration.ofMinutes(5),
                                new ReconcilerSettings.PatienceSettings(Duration.ofSeconds(20)),
                                new ExposureSettings(Exposure.NodePort),
                                new TombstoneSettings(Duration.ofDays(3)),
                                new LeaderElectionSettings(
                                        true,
                                        "howdah",
                                        Duration.ofSeconds(15),
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(2)),
                                new ReconcilerSettings.ProvisioningSettings(32, Duration.ofMinutes(1))),
                        workload,
                        SERVERS,
                        new OnePlan(),
                        new io.micrometer.core.instrument.simple.SimpleMeterRegistry(),
                        Clock.systemUTC())
                .leadership();
    }

    static WorkloadSettings workload(Duration terminationGracePeriod) {
        WorkloadSettings defaults = WorkloadSettings.defaults();
        return new WorkloadSettings(
                defaults.image(),
                defaults.images(),
                defaults.imagePullPolicy(),
                defaults.imagePullSecrets(),
                defaults.openshift(),
                defaults.userId(),
                defaults.clusterDomain(),
                "127.0.0.1",
                terminationGracePeriod,
                defaults.networkPolicy());
    }

    private static io.fabric8.kubernetes.api.model.ObjectMeta metadata(String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(EmbeddedKubernetes.NAMESPACE)
                .build();
    }

    private static ServicePlan plan(String name, String memory, int connections) {
        return new ServicePlan(
                name,
                name,
                name,
                true,
                true,
                true,
                true,
                false,
                new ServerSize(
                        "250m", null, memory, "1Gi", null, null, connections, List.of("17"), null, null, null, false),
                null,
                null,
                Duration.ofMinutes(10),
                null,
                null,
                List.of(),
                Map.of(),
                false);
    }

    private record OnePlan() implements Catalog {
        @Override
        public List<ServiceOffering> offerings() {
            return List.of(new ServiceOffering(
                    "id",
                    "postgres-database",
                    "",
                    List.of(),
                    true,
                    true,
                    true,
                    true,
                    true,
                    Map.of(),
                    List.of(FREE),
                    false));
        }
    }

    @Override
    public void close() {
        leadership.close();
        kubernetes.close();
    }
}
