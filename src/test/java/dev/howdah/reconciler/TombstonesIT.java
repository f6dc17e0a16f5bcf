package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TombstonesIT {
    private static final int MANY = 200;

    private static final EmbeddedKubernetes KUBERNETES = EmbeddedKubernetes.start();

    @AfterAll
    static void stop() {
        KUBERNETES.close();
    }

    @Test
    void whatIsGoneAtTheSameTimeIsRememberedTogether() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        List<String> names =
                IntStream.range(0, MANY).mapToObj(number -> "gone-" + number).toList();
        try (KubernetesClient client = counting(writes);
                var reconcilers = Executors.newVirtualThreadPerTaskExecutor()) {
            Tombstones tombstones =
                    new Tombstones(client, EmbeddedKubernetes.NAMESPACE, Duration.ofDays(3), Clock.systemUTC());

            List<? extends Future<?>> all = names.stream()
                    .map(name -> reconcilers.submit(() -> tombstones.add(named(name))))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }

        ConfigMap remembered = KUBERNETES
                .client()
                .configMaps()
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(Tombstones.NAME)
                .require();
        assertThat(remembered.getData()).containsKeys(names.toArray(String[]::new));
        assertThat(writes).hasValueLessThan(MANY / 2);
    }

    @Test
    void aWriteThatFailsIsToldToWhoAsked() {
        try (KubernetesClient client = KUBERNETES.newClient()) {
            Tombstones nowhere = new Tombstones(client, "not-there", Duration.ofDays(3), Clock.systemUTC());

            assertThatThrownBy(() -> nowhere.add(named("gone"))).isInstanceOf(KubernetesClientException.class);
        }
    }

    private static KubernetesClient counting(AtomicInteger writes) {
        return new KubernetesClientBuilder()
                .withConfig(KUBERNETES.client().getConfiguration())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("count", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (!request.method().equals("GET")) {
                            writes.incrementAndGet();
                        }
                    }
                }))
                .build();
    }

    private static ConfigMap named(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }
}
