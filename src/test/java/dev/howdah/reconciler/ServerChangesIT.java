package dev.howdah.reconciler;

import static dev.howdah.reconciler.RunningReconcilers.PATIENCE;
import static dev.howdah.reconciler.RunningReconcilers.query;
import static dev.howdah.reconciler.RunningReconcilers.server;
import static dev.howdah.reconciler.RunningReconcilers.withSettings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec.DeletionPolicy;
import dev.howdah.crd.PostgresInstanceStatus.Phase;
import dev.howdah.crd.PostgresServer;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.workload.ServerManifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServerChangesIT {
    @SuppressWarnings("NullAway.Init")
    private static RunningReconcilers reconcilers;

    @BeforeAll
    static void start() {
        reconcilers = RunningReconcilers.start();
    }

    @AfterAll
    static void stop() {
        reconcilers.close();
    }

    @Test
    void aSettingIsTakenOverLiveOrByARestartAsPostgresNeedsIt() throws SQLException {
        Map<String, String> credentials = provision("tuned", null);
        String pod = podOf("tuned");

        changeSettings("tuned", Map.of("work_mem", "3MB"));

        assertThat(query(credentials, "show work_mem")).isEqualTo("3MB");
        assertThat(podOf("tuned")).isEqualTo(pod);

        changeSettings("tuned", Map.of("work_mem", "3MB", "max_locks_per_transaction", "128"));

        assertThat(query(credentials, "show max_locks_per_transaction")).isEqualTo("128");
        assertThat(podOf("tuned")).isNotEqualTo(pod);
    }

    @Test
    void aSettingThatPostgresRefusesFailsAtOnceAndIsTakenBack() throws SQLException {
        Map<String, String> credentials = provision("refused", null);

        reconcilers.change("refused", spec -> withSettings(spec, Map.of("timezone", "Mars/Olympus")));

        PostgresInstance failed = reconcilers.awaitInstance(
                "refused",
                status -> status.phase() == Phase.Failed
                        && Objects.requireNonNull(status.operation())
                                .description()
                                .endsWith("the change was taken back"));
        Operation operation = Objects.requireNonNull(failed.getStatus().operation());
        assertThat(operation.id()).startsWith("update-");
        assertThat(operation.description())
                .contains("PostgreSQL refuses a setting")
                .containsIgnoringCase("timezone");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(find(ConfigMap.class, "refused-config")
                                .getData()
                                .get("postgresql.conf"))
                        .doesNotContain("Mars"));
        assertThat(query(credentials, "select 1")).isEqualTo("1");
    }

    @Test
    void aRetainedVolumeIsKeptAndAdoptedOnlyWhenAPersonSaysSo() throws SQLException {
        Map<String, String> before = provision("kept", DeletionPolicy.Retain);
        query(before, "create table kept as select 42 as answer");
        reconcilers
                .client()
                .resource(Objects.requireNonNull(reconcilers.instance("kept")))
                .delete();
        await().atMost(PATIENCE).until(() -> reconcilers.instance("kept") == null);
        PersistentVolumeClaim volume = find(PersistentVolumeClaim.class, "kept-data");
        assertThat(volume.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(volume.getMetadata().getLabels()).containsEntry(Labels.RETAINED, "kept");

        reconcilers.createInstance("kept", server("256Mi", 20), DeletionPolicy.Delete);

        reconcilers.awaitInstance(
                "kept",
                status -> status.conditions() != null
                        && Conditions.finding(status.conditions(), Conditions.SERVER_READY, Finding.bad("Unknown", ""))
                                .message()
                                .contains("adopt its data with 'kubectl label pvc kept-data"));

        reconcilers
                .client()
                .resource(volume)
                .edit(claim -> new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .addToLabels(ServerManifests.SERVER_LABEL, "kept")
                        .removeFromLabels(Labels.RETAINED)
                        .endMetadata()
                        .build());

        reconcilers.awaitReady("kept");
        reconcilers.createBinding("kept-again", "kept");
        assertThat(query(reconcilers.awaitCredentials("kept-again"), "select answer from kept"))
                .isEqualTo("42");
        assertThat(find(PersistentVolumeClaim.class, "kept-data").getMetadata().getOwnerReferences())
                .hasSize(1);
    }

    @Test
    void aNewReleaseRestartsOneServerAfterTheOther() {
        List<String> names = List.of("first", "second");
        names.forEach(name -> reconcilers.createInstance(name, server("256Mi", 20)));
        names.forEach(reconcilers::awaitReady);
        List<String> before = names.stream().map(ServerChangesIT::podOf).toList();
        Map<String, Boolean> serving = new ConcurrentHashMap<>(Map.of("first-0", true, "second-0", true));
        List<String> bothAway = new CopyOnWriteArrayList<>();

        try (var pods = reconcilers
                .client()
                .pods()
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {
                        String name = pod.getMetadata().getName();
                        if (serving.replace(name, action != Action.DELETED && Pods.isReady(pod)) != null
                                && !serving.containsValue(true)) {
                            bothAway.add(action + " " + name + " " + pod.getStatus());
                        }
                    }

                    @Override
                    public void onClose(WatcherException failure) {
                        bothAway.add("the watch ended: " + failure);
                    }
                })) {
            reconcilers.restart(RunningReconcilers.workload(Duration.ofMinutes(4)));

            // One after the other takes its time, and other tests' servers have their turns as well.
            try {
                await().atMost(PATIENCE.multipliedBy(2))
                        .until(() ->
                                names.stream().allMatch(name -> !before.contains(podOf(name)) && isUpToDate(name)));
            } catch (ConditionTimeoutException late) {
                throw new AssertionError(reconcilers.inventory(), late);
            }
        }
        assertThat(bothAway).isEmpty();
    }

    private static Map<String, String> provision(
            String name, @org.jspecify.annotations.Nullable DeletionPolicy policy) {
        reconcilers.createInstance(name, server("256Mi", 20), policy);
        reconcilers.awaitReady(name);
        reconcilers.createBinding(name + "-a", name);
        return reconcilers.awaitCredentials(name + "-a");
    }

    private static void changeSettings(String name, Map<String, String> settings) {
        reconcilers.change(name, spec -> withSettings(spec, settings));
        long generation =
                Objects.requireNonNull(reconcilers.instance(name)).getMetadata().getGeneration();
        reconcilers.awaitInstance(
                name,
                status -> status.phase() == Phase.Ready && Objects.equals(status.observedGeneration(), generation));
    }

    private static boolean isUpToDate(String name) {
        return ServerStatuses.isUpToDate(find(PostgresServer.class, name));
    }

    private static String podOf(String name) {
        Pod pod = reconcilers.find(Pod.class, name + "-0");
        return pod == null ? "" : pod.getMetadata().getUid();
    }

    private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> T find(Class<T> kind, String name) {
        return Objects.requireNonNull(reconcilers.find(kind, name), name);
    }
}
