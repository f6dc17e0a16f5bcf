package dev.howdah.testing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresInstanceStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same on the API in memory and, with KUBE_ASSETS, on a real API server: that is what makes the former trustworthy. */
class KubernetesApiIT {
    private static final String NAMESPACE = EmbeddedKubernetes.NAMESPACE;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedKubernetes kubernetes;

    @BeforeAll
    static void start() {
        kubernetes = EmbeddedKubernetes.start();
    }

    @AfterAll
    static void stop() {
        kubernetes.close();
    }

    @Test
    void aSecondCreationIsRefused() {
        client().resource(map("twice", Map.of())).create();

        refused(409, () -> client().resource(map("twice", Map.of())).create());
    }

    @Test
    void anUpdateOfAnOldVersionIsRefused() {
        ConfigMap old = client().resource(map("stale", Map.of("a", "1"))).create();
        client().resource(map("stale", Map.of("a", "2"))).update();

        refused(409, () -> client().resource(old).lockResourceVersion().update());
    }

    @Test
    void applyingTheSameTwiceChangesNothing() {
        ConfigMap first = apply("a", map("same", Map.of("a", "1")));

        ConfigMap second = apply("a", map("same", Map.of("a", "1")));

        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void applyingLessRemovesWhatTheSameManagerAppliedBefore() {
        apply("a", map("less", Map.of("a", "1", "b", "2")));
        apply("other", map("less", Map.of("c", "3")));

        ConfigMap after = apply("a", map("less", Map.of("a", "1")));

        assertThat(after.getData()).isEqualTo(Map.of("a", "1", "c", "3"));
    }

    @Test
    void whatAnotherManagerHasIsTakenOnlyByForce() {
        apply("a", map("owned", Map.of("a", "1")));
        ConfigMap wish = map("owned", Map.of("a", "2"));

        refused(409, () -> client().resource(wish).fieldManager("b").serverSideApply());

        assertThat(apply("b", map("owned", Map.of("a", "2"))).getData()).containsEntry("a", "2");
        assertThat(apply("a", map("owned", Map.of())).getData()).containsEntry("a", "2");
    }

    @Test
    void listsThatAreMapsMergeByTheirKeys() {
        Service ours = service("ports", "postgres", 5432);
        apply("a", ours);
        Service after = apply("b", service("ports", "metrics", 9187));

        assertThat(after.getSpec().getPorts()).extracting("name").containsExactlyInAnyOrder("postgres", "metrics");

        Service left = apply("b", service("ports", "other", 9999));

        assertThat(left.getSpec().getPorts()).extracting("name").containsExactlyInAnyOrder("postgres", "other");
    }

    @Test
    void aNodePortStaysOverAnApply() {
        Service first = apply("a", service("published", "postgres", 5432));
        Integer port = first.getSpec().getPorts().getFirst().getNodePort();

        Service second = apply("a", service("published", "postgres", 5432));

        assertThat(port).isPositive();
        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void theStatusIsApartFromTheRest() {
        PostgresInstance created = client().resource(instance("apart")).create();
        assertThat(created.getMetadata().getGeneration()).isEqualTo(1);

        created.setStatus(status("db"));
        PostgresInstance reported = client().resource(created).updateStatus();
        assertThat(reported.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(reported.getStatus().database()).isEqualTo("db");

        reported.setStatus(status("other"));
        reported.getMetadata().setLabels(Map.of("changed", "yes"));
        PostgresInstance labelled = client().resource(reported).update();
        assertThat(labelled.getStatus().database()).isEqualTo("db");
        assertThat(labelled.getMetadata().getGeneration()).isEqualTo(1);

        PostgresInstance changed = client().resource(instance("apart", "premium"))
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void aFinalizerHoldsADeletedObjectUntilItIsRemoved() {
        PostgresInstance object = instance("held");
        object.getMetadata().setFinalizers(List.of("howdah.dev/test"));
        client().resource(object).create();

        client().resource(object).delete();

        PostgresInstance held = client().resource(object).get();
        assertThat(held.getMetadata().getDeletionTimestamp()).isNotNull();
        client().resource(held).edit(current -> {
            current.getMetadata().setFinalizers(List.of());
            return current;
        });
        assertThat(client().resource(object).get()).isNull();
    }

    @Test
    void aWrongCustomResourceIsRefusedAndUnknownFieldsAreDropped() {
        refused(
                422,
                () -> client().resource(generic("wrong", Map.of("plan", 5))).create());
        refused(422, () -> client().resource(generic("wrong", Map.of())).create());

        GenericKubernetesResource created = client().resource(generic("pruned", Map.of("plan", "free", "unheardOf", 1)))
                .create();

        assertThat(created.<Map<String, Object>>get("spec")).doesNotContainKey("unheardOf");
    }

    @Test
    void plainTextOfASecretIsKeptAsData() {
        Secret secret = new SecretBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName("plain")
                        .withNamespace(NAMESPACE)
                        .build())
                .withStringData(Map.of("password", "secret"))
                .build();

        Secret created = client().resource(secret).create();

        assertThat(created.getData()).containsEntry("password", "c2VjcmV0");
        assertThat(created.getStringData()).isNullOrEmpty();
    }

    @Test
    void aWatchTellsEveryChangeOnceAndInOrder() {
        var seen = new CopyOnWriteArrayList<String>();
        String label = "watched";
        try (var watch = client().configMaps()
                .inNamespace(NAMESPACE)
                .withLabel("group", label)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap map) {
                        seen.add(action + " " + map.getData());
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                })) {
            ConfigMap first = map("watched", Map.of("n", "1"));
            first.getMetadata().setLabels(Map.of("group", label));
            client().resource(first).create();
            ConfigMap second = map("watched", Map.of("n", "2"));
            second.getMetadata().setLabels(Map.of("group", label));
            client().resource(second).update();
            client().resource(map("unwatched", Map.of("n", "3"))).create();
            ConfigMap third = map("watched", Map.of("n", "4"));
            client().resource(third).update();

            await().untilAsserted(() ->
                    assertThat(seen).hasSize(3).element(2).asString().startsWith("DELETED"));
            assertThat(seen.subList(0, 2)).containsExactly("ADDED {n=1}", "MODIFIED {n=2}");
        }
    }

    @Test
    void dependentsGoWithTheirOwner() {
        ConfigMap owner = client().resource(map("owner", Map.of())).create();
        ConfigMap child = map("child", Map.of());
        child.addOwnerReference(owner);
        client().resource(child).create();

        client().resource(owner).delete();

        await().until(() -> client().resource(child).get() == null);
    }

    @Test
    void twoHundredParallelChangesOfOneObjectAllCount() throws Exception {
        client().resource(map("counter", Map.of("count", "0"))).create();
        try (ExecutorService workers = Executors.newFixedThreadPool(20)) {
            List<? extends java.util.concurrent.Future<?>> running = IntStream.range(0, 200)
                    .mapToObj(each -> workers.submit(KubernetesApiIT::countUp))
                    .toList();
            for (var each : running) {
                each.get();
            }
        }

        assertThat(client().resource(map("counter", Map.of())).get().getData()).containsEntry("count", "200");
    }

    private static void countUp() {
        while (true) {
            ConfigMap current = client().resource(map("counter", Map.of())).get();
            int count = Integer.parseInt(current.getData().getOrDefault("count", "0"));
            current.getData().put("count", String.valueOf(count + 1));
            try {
                client().resource(current).lockResourceVersion().update();
                return;
            } catch (KubernetesClientException e) {
                assertThat(e.getCode()).isEqualTo(409);
            }
        }
    }

    private static KubernetesClient client() {
        return kubernetes.client();
    }

    private static void refused(int code, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(code));
    }

    private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> T apply(String manager, T object) {
        return client().resource(object).fieldManager(manager).forceConflicts().serverSideApply();
    }

    private static ConfigMap map(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .build())
                .withData(data)
                .build();
    }

    private static Service service(String name, String portName, int port) {
        return new ServiceBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .build())
                .withNewSpec()
                .withType("NodePort")
                .addNewPort()
                .withName(portName)
                .withPort(port)
                .endPort()
                .endSpec()
                .build();
    }

    private static PostgresInstance instance(String name) {
        return instance(name, "free");
    }

    private static PostgresInstance instance(String name, String plan) {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
        instance.setSpec(new PostgresInstanceSpec(null, plan, null, null, null, null, null, null, null));
        return instance;
    }

    private static PostgresInstanceStatus status(String database) {
        return new PostgresInstanceStatus(null, null, null, null, database, null, null);
    }

    private static GenericKubernetesResource generic(String name, Map<String, Object> spec) {
        return Serialization.unmarshal(
                Serialization.asJson(Map.of(
                        "apiVersion",
                        "howdah.dev/v1",
                        "kind",
                        "PostgresInstance",
                        "metadata",
                        Map.of("name", name, "namespace", NAMESPACE),
                        "spec",
                        spec)),
                GenericKubernetesResource.class);
    }
}
