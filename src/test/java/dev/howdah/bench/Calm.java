package dev.howdah.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Waits until nothing is left of the round before, so that none pays for the end of another: a server's pod, volume and files go after
 * the answer that it is gone, and the rounds take turns.
 */
final class Calm {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** What a node has to do once the API server knows nothing of a pod any more: its sandbox, its mounts, the folder of its volume. */
    private static final Duration NODE = Duration.ofSeconds(1);

    private final KubernetesClient kubernetes;
    private final String namespace;
    private final Set<String> before;

    /** @param namespace in which what is there now is left out of account */
    Calm(KubernetesClient kubernetes, String namespace) {
        this.kubernetes = kubernetes;
        this.namespace = namespace;
        this.before = present();
    }

    /** @throws IllegalStateException if something is still there after a minute */
    void await() {
        Stopwatch waited = new Stopwatch();
        while (!before.containsAll(present())) {
            if (waited.elapsed().compareTo(PATIENCE) > 0) {
                throw new IllegalStateException("Still there after " + PATIENCE + ": " + present());
            }
            JavaProcess.pause(LOOK_AGAIN);
        }
        JavaProcess.pause(NODE);
    }

    private Set<String> present() {
        return Stream.of(
                        kubernetes.pods().inNamespace(namespace).list().getItems(),
                        kubernetes
                                .persistentVolumeClaims()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(Collection::stream)
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
