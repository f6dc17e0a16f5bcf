package dev.howdah.cluster;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Pods beside Howdah's: one that is a client of its servers, and one that sees all processes of its node. */
final class TestPods implements AutoCloseable {
    private static final String CLIENT = "client";
    private static final String NODE = "node";

    private final KubernetesClient client;
    private final String namespace;

    private TestPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    static TestPods start(Cluster cluster) {
        String namespace = cluster.namespace() + "-pods";
        KubernetesClient client = cluster.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "privileged")
                        .endMetadata()
                        .build())
                .serverSideApply();
        await().atMost(Cluster.PATIENCE)
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
        TestPods pods = new TestPods(client, namespace);
        pods.create(CLIENT, false);
        pods.create(NODE, true);
        return pods;
    }

    /** In a pod of another namespace; the image has psql and pgbench or at least psql. */
    String inClient(String command) {
        return Shell.run(client, namespace, CLIENT, "sh", "-c", command);
    }

    /** Ends the postmaster of a server's pod as the kernel would: from outside its container, with no chance to react. */
    void killPostmaster(String pod) {
        Shell.run(client, namespace, NODE, "bash", "-c", """
                for process in /proc/[0-9]*; do
                  [ "$(cat $process/comm 2>/dev/null)" = postgres ] || continue
                  grep -qP '^NSpid:.*\\t1$' $process/status 2>/dev/null || continue
                  grep -qz '^HOSTNAME=%s$' $process/environ 2>/dev/null || continue
                  kill -9 ${process#/proc/} && exit 0
                done
                exit 1
                """.formatted(pod));
    }

    private void create(String name, boolean privileged) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withHostPID(privileged)
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("shell")
                .withImage(Cluster.image("17"))
                .withCommand("sleep", "infinity")
                .withNewSecurityContext()
                .withPrivileged(privileged)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
        if (client.resource(pod).get() == null) {
            client.resource(pod).create();
        }
        await().atMost(Cluster.PATIENCE)
                .until(() ->
                        "Running".equals(client.resource(pod).get().getStatus().getPhase()));
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
    }
}
