package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec.DeletionPolicy;
import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.workload.ServerNames;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server an instance has claimed: found, or made, and kept as the instance wants it. */
final class ServerClaim {
    private static final int LONGEST_LABEL = 63;

    Optional<PostgresServer> find(PostgresInstance instance, Context<PostgresInstance> context) {
        return context.getSecondaryResourcesAsStream(PostgresServer.class)
                .filter(server -> Owners.isClaimedBy(server, instance))
                .findFirst();
    }

    /** Creating fails if another process did it first, and then finds what that one made. */
    PostgresServer create(PostgresInstance instance, PostgresServerSpec wished, Context<PostgresInstance> context) {
        String name = name(instance);
        try {
            return context.resourceOperations().create(server(name, instance, wished));
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw failure;
            }
            PostgresServer existing = find(name, instance, context);
            return existing != null && Owners.isClaimedBy(existing, instance)
                    ? existing
                    : createUnderOtherName(name, instance, wished, context);
        }
    }

    /** The server with this spec and policy; the same object if it had them already. */
    PostgresServer follow(
            PostgresServer server,
            PostgresInstance instance,
            PostgresServerSpec wished,
            Context<PostgresInstance> context) {
        String policy = policy(instance);
        boolean samePolicy = policy.equals(annotations(server).get(Labels.DELETION_POLICY));
        if (samePolicy && wished.equals(server.getSpec())) {
            return server;
        }
        return context.resourceOperations().jsonPatch(server, copy -> {
            copy.setSpec(wished);
            Map<String, String> annotations = new HashMap<>(annotations(copy));
            annotations.put(Labels.DELETION_POLICY, policy);
            copy.getMetadata().setAnnotations(annotations);
            return copy;
        });
    }

    /** What the instance wants, open to the namespaces of its bindings too. */
    static PostgresServerSpec wished(PostgresServerSpec spec, Stream<PostgresBinding> bindings) {
        List<String> namespaces = Stream.concat(
                        Optional.ofNullable(spec.clientNamespaces()).stream().flatMap(List::stream),
                        bindings.flatMap(
                                binding -> Optional.ofNullable(binding.getSpec().clientNamespace()).stream()))
                .distinct()
                .sorted()
                .toList();
        return new PostgresServerSpec(
                spec.version(),
                spec.image(),
                spec.resources(),
                spec.storage(),
                spec.maxConnections(),
                spec.initdbArgs(),
                spec.settings(),
                spec.exposure(),
                spec.scheduling(),
                namespaces.isEmpty() ? null : namespaces,
                spec.engine());
    }

    private static PostgresServer createUnderOtherName(
            String taken, PostgresInstance instance, PostgresServerSpec wished, Context<PostgresInstance> context) {
        String name = taken.substring(0, Math.min(taken.length(), 35)) + "-"
                + Fingerprints.ofText(instance.getMetadata().getUid());
        try {
            return context.resourceOperations().create(server(name, instance, wished));
        } catch (KubernetesClientException failure) {
            PostgresServer existing = find(name, instance, context);
            if (failure.getCode() == HttpURLConnection.HTTP_CONFLICT && existing != null) {
                return existing;
            }
            throw failure;
        }
    }

    private static @Nullable PostgresServer find(
            String name, PostgresInstance instance, Context<PostgresInstance> context) {
        return context.getClient()
                .resources(PostgresServer.class)
                .inNamespace(instance.getMetadata().getNamespace())
                .withName(name)
                .get();
    }

    private static PostgresServer server(String name, PostgresInstance instance, PostgresServerSpec spec) {
        PostgresServer server = new PostgresServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(instance.getMetadata().getNamespace())
                .withLabels(labels(instance))
                .withAnnotations(Map.of(Labels.DELETION_POLICY, policy(instance)))
                .withOwnerReferences(Owners.reference(instance, true))
                .withFinalizers(Labels.SERVER_FINALIZER)
                .build());
        server.setSpec(spec);
        return server;
    }

    private static Map<String, String> labels(PostgresInstance instance) {
        Map<String, String> labels =
                new HashMap<>(Map.of("app.kubernetes.io/managed-by", "howdah", "app.kubernetes.io/part-of", "howdah"));
        String name = instance.getMetadata().getName();
        if (name.length() <= LONGEST_LABEL) {
            labels.put(Labels.INSTANCE, name);
        }
        return labels;
    }

    private static Map<String, String> annotations(PostgresServer server) {
        return Optional.ofNullable(server.getMetadata().getAnnotations()).orElse(Map.of());
    }

    private static String policy(PostgresInstance instance) {
        return Optional.ofNullable(instance.getSpec().deletionPolicy())
                .orElse(DeletionPolicy.Delete)
                .name();
    }

    /** The instance's own name, unless a Service could not be called so. */
    static String name(PostgresInstance instance) {
        String name = instance.getMetadata().getName();
        try {
            return new ServerNames(name).server();
        } catch (IllegalArgumentException _) {
            return "pg-" + Fingerprints.ofText(name);
        }
    }
}
