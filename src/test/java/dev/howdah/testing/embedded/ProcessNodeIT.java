package dev.howdah.testing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProcessNodeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedKubernetes kubernetes;

    @BeforeAll
    static void start() {
        kubernetes = EmbeddedKubernetes.start();
    }

    @AfterAll
    static void stop() {
        Path folder = kubernetes.folder();

        kubernetes.close();

        assertThat(folder).doesNotExist();
    }

    @Test
    void aStatefulSetBecomesAServerThatAnswersSql() throws SQLException {
        createReady("answers");

        assertThat(query("answers", "show server_version_num")).startsWith("1");
        assertThat(pod("answers-0").getStatus().getPodIP()).isEqualTo("127.0.0.1");
    }

    @Test
    void aKilledServerIsStartedAgainWithItsData() throws SQLException {
        createReady("killed");
        query("killed", "create table kept as select 42 as answer; select 1");
        String pid = query("killed", "select pg_read_file('postmaster.pid')")
                .lines()
                .findFirst()
                .orElseThrow();

        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pod("killed-0")
                                .getStatus()
                                .getContainerStatuses()
                                .getFirst()
                                .getRestartCount())
                        .isEqualTo(1));
        awaitReady("killed");
        assertThat(query("killed", "select answer from kept")).isEqualTo("42");
    }

    @Test
    void aDeletedPodComesBackUnderANewUidAndKeepsItsData() throws SQLException {
        createReady("deleted");
        query("deleted", "create table kept as select 42 as answer; select 1");
        String uid = pod("deleted-0").getMetadata().getUid();

        client().pods()
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName("deleted-0")
                .delete();

        awaitNewPod("deleted-0", uid);
        awaitReady("deleted");
        assertThat(query("deleted", "select answer from kept")).isEqualTo("42");
    }

    @Test
    void aChangedTemplateReplacesThePod() {
        createReady("changed");
        String uid = pod("changed-0").getMetadata().getUid();

        statefulSets().withName("changed").edit(set -> {
            set.getSpec().getTemplate().getMetadata().getLabels().put("generation", "2");
            return set;
        });

        awaitNewPod("changed-0", uid);
        awaitReady("changed");
        StatefulSet set = statefulSets().withName("changed").get();
        assertThat(set.getStatus().getObservedGeneration()).isEqualTo(2);
        assertThat(set.getStatus().getUpdatedReplicas()).isEqualTo(1);
    }

    @Test
    void aChangedConfigMapReachesTheRunningServersFiles() {
        createReady("configured");
        Resource<ConfigMap> map =
                client().configMaps().inNamespace(EmbeddedKubernetes.NAMESPACE).withName("configured");

        map.edit(current -> {
            current.getData().put("postgresql.conf", "work_mem = '5MB'\n");
            return current;
        });

        await().atMost(PATIENCE).untilAsserted(() -> {
            query("configured", "select pg_reload_conf()");
            assertThat(query("configured", "show work_mem")).isEqualTo("5MB");
        });
    }

    @Test
    void aGrownClaimGrows() {
        createReady("grown");

        claim("grown").edit(claim -> {
            claim.getSpec().getResources().getRequests().put("storage", new Quantity("2Gi"));
            return claim;
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(claim("grown").get().getStatus().getCapacity())
                        .containsEntry("storage", new Quantity("2Gi")));
    }

    @Test
    void deletingEverythingLeavesNeitherPodNorFolder() throws SQLException {
        createReady("gone");
        Path data = Path.of(query("gone", "show data_directory"));
        assertThat(data).exists();

        client().resourceList(new SampleServer("gone").objects())
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .delete();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(client().pods()
                            .inNamespace(EmbeddedKubernetes.NAMESPACE)
                            .withName("gone-0")
                            .get())
                    .isNull();
            assertThat(claim("gone").get()).isNull();
            assertThat(data.getParent()).doesNotExist();
        });
    }

    @Test
    void severalServersRunAtTheSameTime() throws SQLException {
        List<String> names =
                IntStream.range(0, 5).mapToObj(each -> "parallel-" + each).toList();

        names.parallelStream().forEach(name -> new SampleServer(name).createWith(client()));

        names.forEach(ProcessNodeIT::awaitReady);
        assertThat(names.stream().map(ProcessNodeIT::port).distinct()).hasSize(5);
        for (String name : names) {
            assertThat(query(name, "select 1")).isEqualTo("1");
        }
    }

    private static KubernetesClient client() {
        return kubernetes.client();
    }

    private static NonNamespaceOperation<
                    StatefulSet, ?, ? extends io.fabric8.kubernetes.client.dsl.RollableScalableResource<StatefulSet>>
            statefulSets() {
        return client().apps().statefulSets().inNamespace(EmbeddedKubernetes.NAMESPACE);
    }

    private static Resource<PersistentVolumeClaim> claim(String name) {
        return client().persistentVolumeClaims()
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name);
    }

    private static Pod pod(String name) {
        return client().pods()
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .require();
    }

    private static void createReady(String name) {
        new SampleServer(name).createWith(client());
        awaitReady(name);
    }

    private static void awaitReady(String name) {
        await("ready: " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .conditionEvaluationListener(condition -> {
                    if (!condition.isSatisfied() && condition.getRemainingTimeInMS() < 1000) {
                        System.out.println(kubernetes.output(name + "-0"));
                    }
                })
                .until(() -> {
                    StatefulSet set = statefulSets().withName(name).get();
                    return set.getStatus() != null
                            && Integer.valueOf(1).equals(set.getStatus().getReadyReplicas());
                });
    }

    private static void awaitNewPod(String name, String uid) {
        await().atMost(PATIENCE).until(() -> {
            Pod pod = client().pods()
                    .inNamespace(EmbeddedKubernetes.NAMESPACE)
                    .withName(name)
                    .get();
            return pod != null && !pod.getMetadata().getUid().equals(uid);
        });
    }

    private static int port(String name) {
        Service service = client().services()
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .require();
        return service.getSpec().getPorts().getFirst().getNodePort();
    }

    private static String query(String name, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port(name) + "/postgres?user=postgres");
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            ResultSet result = statement.getResultSet();
            result.next();
            return result.getString(1);
        }
    }
}
