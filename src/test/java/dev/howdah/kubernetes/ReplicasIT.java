package dev.howdah.kubernetes;

import static dev.howdah.kubernetes.SampleCatalog.LARGE;
import static dev.howdah.kubernetes.SampleCatalog.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.broker.BindOutcome;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.ProvisionOutcome;
import dev.howdah.broker.StoreUnavailable;
import dev.howdah.broker.UpdateOutcome;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.Interceptor.RequestTags;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

/** Two processes of the broker, and many requests at once. */
class ReplicasIT {
    private static EmbeddedKubernetes kubernetes;
    private static FakeReconciler reconciler;
    private static Replica left;
    private static Replica right;

    @BeforeAll
    static void start() {
        kubernetes = EmbeddedKubernetes.start();
        reconciler = new FakeReconciler(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE);
        left = new Replica(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE, Duration.ofMinutes(2));
        right = new Replica(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE, Duration.ofMinutes(2));
    }

    @AfterAll
    static void stop() {
        right.close();
        left.close();
        reconciler.close();
        kubernetes.close();
    }

    @Test
    void identicalRequestsAtOnceMakeOneInstance() throws Exception {
        String id = UUID.randomUUID().toString();

        List<ProvisionOutcome> outcomes = inParallel(List.of(
                () -> left.instances.provision(Requests.provision(id, SMALL, null)),
                () -> right.instances.provision(Requests.provision(id, SMALL, null)),
                () -> left.instances.provision(Requests.provision(id, SMALL, null)),
                () -> right.instances.provision(Requests.provision(id, SMALL, null))));

        assertThat(outcomes)
                .filteredOn(ProvisionOutcome.Provisioned.class::isInstance)
                .hasSize(1);
        assertThat(outcomes)
                .allMatch(outcome -> outcome instanceof ProvisionOutcome.Provisioned
                        || outcome instanceof ProvisionOutcome.AlreadyProvisioned
                        || outcome instanceof ProvisionOutcome.InProgress);
    }

    @Test
    void differentUpdatesAtOnceAreNotMixed() throws Exception {
        String id = UUID.randomUUID().toString();
        left.instances.provision(Requests.provision(id, SMALL, null));

        List<UpdateOutcome> outcomes = inParallel(List.of(
                () -> left.instances.update(Requests.update(id, LARGE, null)),
                () -> right.instances.update(Requests.update(id, null, Map.of("storage", "3Gi")))));

        assertThat(outcomes)
                .allMatch(outcome -> outcome instanceof UpdateOutcome.Updated || outcome instanceof UpdateOutcome.Busy);
        assertThat(outcomes).anyMatch(UpdateOutcome.Updated.class::isInstance);
    }

    @Test
    void identicalBindsAtOnceGetTheSameCredentials() throws Exception {
        String id = UUID.randomUUID().toString();
        left.instances.provision(Requests.provision(id, SMALL, null));

        List<BindOutcome> outcomes = inParallel(List.of(
                () -> left.bindings.bind(Requests.bind(id, "b-" + id, SMALL, null)),
                () -> right.bindings.bind(Requests.bind(id, "b-" + id, SMALL, null))));

        assertThat(outcomes).anyMatch(BindOutcome.Bound.class::isInstance);
        assertThat(outcomes).map(ReplicasIT::password).containsOnly("secret-of-pgb-b-" + id);
    }

    @Test
    void twoHundredRequestsWaitOnOneWatch() throws Exception {
        List<String> ids = IntStream.range(0, 200)
                .mapToObj(number -> UUID.randomUUID().toString())
                .toList();

        List<ProvisionOutcome> outcomes = inParallel(ids.stream()
                .<Callable<ProvisionOutcome>>map(
                        id -> () -> left.instances.provision(Requests.provision(id, SMALL, null)))
                .toList());

        assertThat(outcomes).hasSize(200).allMatch(ProvisionOutcome.Provisioned.class::isInstance);
        assertThat(kubernetes
                        .client()
                        .resources(PostgresInstance.class)
                        .inNamespace(EmbeddedKubernetes.NAMESPACE)
                        .list()
                        .getItems())
                .map(instance -> instance.getMetadata().getName())
                .containsAll(ids.stream().map(id -> "pg-" + id).toList());
    }

    @Test
    void waitingEndsWhenTheProcessIsAboutToStop() throws Exception {
        String id = UUID.randomUUID().toString();
        reconciler.hold("pg-" + id);
        try (var stopping = new Replica(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE, Duration.ofMinutes(10));
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ProvisionOutcome> outcome =
                    executor.submit(() -> stopping.instances.provision(Requests.provision(id, SMALL, null)));

            stopping.closing();

            assertThat(outcome.get()).isInstanceOf(ProvisionOutcome.InProgress.class);
        }
    }

    @Test
    void anApiServerThatIsAwayIsSaidSo() {
        try (var lost = new Replica(clientOfNobody(), "any", Duration.ofMinutes(10))) {
            assertThatThrownBy(() -> lost.instances.fetch(new InstanceId("any")))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasCauseInstanceOf(Exception.class);
        }
    }

    @Test
    void aWarmUpAsksMoreThanOneQuestionAtATime() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        KubernetesClient counted = new KubernetesClientBuilder()
                .withConfig(kubernetes.client().getConfiguration())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("count", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (request.uri().getPath().contains("warm-up")) {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        }
                    }

                    @Override
                    public void after(
                            HttpRequest request,
                            HttpResponse<?> response,
                            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
                        if (request.uri().getPath().contains("warm-up")) {
                            running.decrementAndGet();
                        }
                    }
                }))
                .build();
        try (var replica = new Replica(counted, EmbeddedKubernetes.NAMESPACE, Duration.ofMinutes(10))) {
            warmUp(replica, Duration.ofMinutes(1));

            assertThat(most).hasValueGreaterThan(1);
        }
    }

    @Test
    void aWarmUpWithoutAnApiServerComesToAnEnd() {
        try (var lost = new Replica(clientOfNobody(), "any", Duration.ofMinutes(10))) {
            assertThatCode(() -> warmUp(lost, Duration.ofMinutes(1))).doesNotThrowAnyException();
        }
    }

    private static void warmUp(Replica replica, Duration atMost) {
        new WarmUp(replica.instances, replica.bindings, atMost, Clock.systemUTC())
                .run(new DefaultApplicationArguments());
    }

    private static KubernetesClient clientOfNobody() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:1/")
                .build();
        Replica.PATIENT.applyTo(config);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static String password(BindOutcome outcome) {
        return switch (outcome) {
            case BindOutcome.Bound(var binding) ->
                String.valueOf(binding.credentials().get("password"));
            case BindOutcome.AlreadyBound(var binding) ->
                String.valueOf(binding.credentials().get("password"));
            default -> outcome.toString();
        };
    }

    private static <T> List<T> inParallel(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
