package dev.howdah.testing.embedded;

import dev.howdah.testing.embedded.node.ProcessNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Kubernetes of this JVM's own: an API server with Howdah's custom resource definitions, and a node that runs PostgreSQL
 * as local processes. Services of type NodePort are reached at 127.0.0.1. It ends with the JVM at the latest.
 */
public final class EmbeddedKubernetes implements AutoCloseable {
    /** The namespace that is there for Howdah's objects. */
    public static final String NAMESPACE = "howdah-instances";

    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();
    private final KubernetesApi api;
    private final KubernetesClient client;
    private final ProcessNode node;

    private EmbeddedKubernetes(KubernetesApi api) {
        this.api = api;
        this.client = newClient();
        List<CustomResourceDefinition> definitions = CustomResourceDefinitions.all();
        definitions.forEach(this::define);
        createNamespace(NAMESPACE);
        storageClass();
        this.node = ProcessNode.start(
                client,
                definitions.stream().map(CustomResourceDefinitions::context).toList(),
                folder);
    }

    /** Starts it, on the API server that {@code KUBE_ASSETS} asks for; returns when it is ready. */
    public static EmbeddedKubernetes start() {
        return new EmbeddedKubernetes(KubernetesApi.start());
    }

    private void define(CustomResourceDefinition definition) {
        client.resource(definition).create();
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition.getMetadata().getName())
                .waitUntilCondition(EmbeddedKubernetes::isServed, 30, TimeUnit.SECONDS);
    }

    private static boolean isServed(@org.jspecify.annotations.Nullable CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** Makes one more namespace, in which pods are restricted. */
    public void createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    private void storageClass() {
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("standard")
                        .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                        .endMetadata()
                        .withProvisioner("howdah.dev/folder")
                        .withAllowVolumeExpansion(true)
                        .build())
                .create();
    }

    /** How a client of the API is configured. */
    public Config config() {
        return api.config();
    }

    /** A client of the caller's own, which it closes. */
    public KubernetesClient newClient() {
        return new KubernetesClientBuilder().withConfig(api.config()).build();
    }

    /** A client of the caller's own with the permissions of an installed broker. */
    public KubernetesClient newBrokerClient() {
        return new KubernetesClientBuilder().withConfig(api.brokerConfig()).build();
    }

    /** A client that lives as long as this object. */
    public KubernetesClient client() {
        return client;
    }

    /** What the container of a pod of {@link #NAMESPACE} has written so far, for messages. */
    public String output(String pod) {
        return node.log(NAMESPACE, pod)
                .map(file -> {
                    try {
                        return Files.readString(file);
                    } catch (IOException gone) {
                        return gone.toString();
                    }
                })
                .orElse("no pod");
    }

    /** The node that runs the pods. */
    public ProcessNode node() {
        return node;
    }

    /** The folder with all volumes. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        node.close();
        client.close();
        api.close();
        ProcessReaper.remove(folder);
    }

    @Override
    public String toString() {
        return api.toString();
    }
}
