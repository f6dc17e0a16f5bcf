package dev.howdah.kubernetes;

import dev.howdah.broker.StoreUnavailable;
import dev.howdah.crd.Operation;
import dev.howdah.crd.RequestedDeletion;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The custom resources of one kind in one namespace, read from and written to the API server itself: what a request has seen is never
 * older than the request.
 */
final class ResourceStore<T extends CustomResource<?, ?>> {
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final Class<T> type;
    private final String namespace;

    ResourceStore(KubernetesClient client, Class<T> type, String namespace) {
        this.client = client;
        this.type = type;
        this.namespace = namespace;
    }

    /** @throws StoreUnavailable if the API server does not answer */
    Optional<T> find(String name) {
        return asking(() -> Optional.ofNullable(
                client.resources(type).inNamespace(namespace).withName(name).get()));
    }

    /** @throws StoreUnavailable if the API server does not answer */
    Written<T> create(T resource) {
        return writing(() -> resource(resource).create());
    }

    /**
     * Replaces the resource unless it has changed since it was read.
     *
     * @throws StoreUnavailable if the API server does not answer
     */
    Written<T> replace(T resource) {
        return writing(() -> resource(resource).update());
    }

    /**
     * Deletes the resource unless it has changed since it was read. Whether it was still there does not matter.
     *
     * @return false if it has changed
     * @throws StoreUnavailable if the API server does not answer
     */
    boolean delete(T resource) {
        try {
            QuestionTime.ask(() -> resource(resource)
                    .lockResourceVersion(resource.getMetadata().getResourceVersion())
                    .delete());
            return true;
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw unavailable(failure);
        }
    }

    /**
     * Asks for the resource to be deleted; once more, if it was asked for and has failed.
     *
     * @param last operation that the resource was in when it was read
     * @param now when it is asked for
     * @return false if it has changed since it was read
     * @throws StoreUnavailable if the API server does not answer
     */
    boolean requestDeletion(T resource, @Nullable Operation last, Instant now) {
        if (RequestedDeletion.hasFailed(resource, last)) {
            deleteAgain(resource, now);
        }
        return resource.isMarkedForDeletion() || delete(resource);
    }

    private void deleteAgain(T resource, Instant now) {
        try {
            QuestionTime.ask(() -> resource(resource)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
                                    .formatted(RequestedDeletion.ANNOTATION, RequestedDeletion.text(now))));
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw unavailable(failure);
            }
        }
    }

    KubernetesClient client() {
        return client;
    }

    private Resource<T> resource(T resource) {
        return client.resource(resource).inNamespace(namespace);
    }

    private Written<T> writing(Supplier<T> write) {
        try {
            return new Written.Done<>(QuestionTime.ask(write));
        } catch (KubernetesClientException failure) {
            return switch (failure.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> new Written.Overtaken<>();
                case UNPROCESSABLE, HttpURLConnection.HTTP_BAD_REQUEST -> new Written.Refused<>(reason(failure));
                default -> throw unavailable(failure);
            };
        }
    }

    static <R> R asking(Supplier<R> question) {
        try {
            return QuestionTime.ask(question);
        } catch (KubernetesClientException failure) {
            throw unavailable(failure);
        }
    }

    private static StoreUnavailable unavailable(KubernetesClientException failure) {
        String reason = failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                ? "The custom resource definitions of howdah.dev, or the namespace of the instances, are missing"
                : "The Kubernetes API did not answer as expected";
        return new StoreUnavailable(reason, failure);
    }

    private static String reason(KubernetesClientException failure) {
        return failure.getStatus() == null || failure.getStatus().getMessage() == null
                ? "refused at admission"
                : failure.getStatus().getMessage();
    }
}
