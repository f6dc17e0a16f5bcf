package dev.howdah.kubernetes;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresInstanceStatus.Phase;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Moves the status of resources as the reconcilers do, without any server behind it. It looks at all resources every few
 * milliseconds. A held resource stays as it is; a broken one fails.
 */
final class FakeReconciler implements AutoCloseable {
    private static final String FINALIZER = "howdah.dev/fake";

    private final KubernetesClient client;
    private final String namespace;
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

    FakeReconciler(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        executor.scheduleWithFixedDelay(this::round, 0, 20, TimeUnit.MILLISECONDS);
    }

    void hold(String name) {
        held.add(name);
    }

    void release(String name) {
        held.remove(name);
    }

    void breakDown(String name) {
        broken.add(name);
    }

    void mend(String name) {
        broken.remove(name);
    }

    /** The deadline of a held deletion passes. */
    void failDeletion(String name) {
        PostgresInstance instance = client.resources(PostgresInstance.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
        PostgresInstanceStatus old = instance.getStatus();
        instance.setStatus(new PostgresInstanceStatus(
                Phase.Deleting,
                old.observedGeneration(),
                old.conditions(),
                null,
                null,
                null,
                new Operation(
                        "deprovision-" + instance.getMetadata().getUid(),
                        Operation.Type.Deprovision,
                        Operation.State.Failed,
                        "the volume is still attached",
                        instance.getMetadata().getDeletionTimestamp(),
                        null)));
        client.resource(instance).inNamespace(namespace).updateStatus();
        Instant asked = Instant.parse(instance.getMetadata().getDeletionTimestamp());
        Awaitility.await().until(() -> Instant.now().isAfter(asked.plusSeconds(1)));
    }

    private void round() {
        try {
            client.resources(PostgresInstance.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .forEach(this::instance);
            client.resources(PostgresBinding.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .forEach(this::binding);
        } catch (RuntimeException overtaken) {
            // the next round does it
        }
    }

    private void instance(PostgresInstance instance) {
        if (held.contains(instance.getMetadata().getName()) || finalized(instance)) {
            return;
        }
        PostgresInstanceStatus status = instance.getStatus();
        long generation = instance.getMetadata().getGeneration();
        boolean first = status == null || status.phase() == Phase.Provisioning;
        boolean bad = broken.contains(instance.getMetadata().getName());
        if (status != null
                && Objects.equals(status.observedGeneration(), generation)
                && (status.phase() == Phase.Failed) == bad) {
            return;
        }
        Operation.Type type = first ? Operation.Type.Provision : Operation.Type.Update;
        Operation operation = new Operation(
                type == Operation.Type.Provision
                        ? "provision-" + instance.getMetadata().getUid()
                        : "update-" + generation,
                type,
                bad ? Operation.State.Failed : Operation.State.Succeeded,
                bad ? "image cannot be pulled" : "done",
                null,
                null);
        instance.setStatus(new PostgresInstanceStatus(
                bad ? Phase.Failed : Phase.Ready,
                generation,
                List.of(condition(!bad || !first)),
                null,
                null,
                null,
                operation));
        client.resource(instance).inNamespace(namespace).updateStatus();
    }

    private void binding(PostgresBinding binding) {
        if (held.contains(binding.getMetadata().getName()) || finalized(binding) || binding.getStatus() != null) {
            return;
        }
        String name = binding.getMetadata().getName();
        if (broken.contains(name)) {
            binding.setStatus(status(PostgresBindingStatus.Phase.Failed, null));
        } else {
            secret(name);
            binding.setStatus(status(PostgresBindingStatus.Phase.Ready, name));
        }
        client.resource(binding).inNamespace(namespace).updateStatus();
    }

    private static PostgresBindingStatus status(PostgresBindingStatus.Phase phase, @Nullable String secret) {
        return new PostgresBindingStatus(
                phase,
                1L,
                List.of(condition(secret != null)),
                secret,
                secret == null ? null : new PostgresBindingStatus.SecretReference(secret),
                null);
    }

    private void secret(String name) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(Map.of())
                        .withData(Map.of(
                                "host", base64("db.example"),
                                "port", base64("5432"),
                                "username", base64(name),
                                "password", base64("secret-of-" + name),
                                "type", base64("postgresql")))
                        .build())
                .createOr(existing -> existing.update());
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Condition condition(boolean ready) {
        return new ConditionBuilder()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .withReason(ready ? "Ready" : "ImagePullFailed")
                .withMessage(ready ? "ready" : "image cannot be pulled")
                .build();
    }

    /** Whether nothing else is to be done: a finalizer was put on, or taken off. */
    private boolean finalized(CustomResource<?, ?> resource) {
        boolean guarded = Optional.ofNullable(resource.getMetadata().getFinalizers())
                .filter(all -> all.contains(FINALIZER))
                .isPresent();
        if (resource.getMetadata().getDeletionTimestamp() != null) {
            remember(resource);
            resource.getMetadata().setFinalizers(List.of());
            client.resource(resource).inNamespace(namespace).update();
            return true;
        }
        if (!guarded) {
            resource.getMetadata().setFinalizers(List.of(FINALIZER));
            client.resource(resource).inNamespace(namespace).update();
        }
        return !guarded;
    }

    private void remember(HasMetadata gone) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(Tombstones.CONFIG_MAP)
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToData(gone.getMetadata().getName(), "2026-01-01T00:00:00Z")
                        .build())
                .createOr(existing -> existing.update());
    }

    @Override
    public void close() {
        executor.shutdownNow();
        client.close();
    }
}
