package dev.howdah.testing.embedded;

import dev.howdah.testing.embedded.api.NodePorts;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** kube-apiserver and etcd as local processes, with one administrator who brings a token. */
final class RealApiServer implements KubernetesApi {
    private static final Duration START = Duration.ofSeconds(90);

    private final Path assets;
    private final Path folder = ProcessReaper.ofThisJvm().temporaryFolder();
    private final String token = UUID.randomUUID().toString();
    private final NodePorts ports = NodePorts.reserve();
    private final int port = ports.next();
    private final LocalProcess etcd;
    private final LocalProcess server;

    private RealApiServer(Path assets) {
        this.assets = assets;
        int etcdPort = ports.next();
        write("tokens.csv", token + ",admin,admin,system:masters\n");
        write("service-accounts.key", serviceAccountKey());
        this.etcd = startEtcd("http://127.0.0.1:" + etcdPort, "http://127.0.0.1:" + ports.next());
        this.server = startServer("http://127.0.0.1:" + etcdPort);
    }

    static RealApiServer start(Path assets) {
        var api = new RealApiServer(assets);
        try {
            api.awaitReady();
        } catch (RuntimeException e) {
            api.close();
            throw e;
        }
        return api;
    }

    private LocalProcess startEtcd(String clients, String peers) {
        return start(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--unsafe-no-fsync");
    }

    private LocalProcess startServer(String etcdUrl) {
        String key = folder.resolve("service-accounts.key").toString();
        return start(
                "kube-apiserver",
                "--etcd-servers=" + etcdUrl,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://localhost",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-node-port-range=" + ports.range(),
                "--endpoint-reconciler-type=none",
                // Nobody here makes the default service accounts that pods would need.
                "--disable-admission-plugins=ServiceAccount",
                "--profiling=false");
    }

    private LocalProcess start(String program, String... options) {
        var command = new java.util.ArrayList<>(List.of(assets.resolve(program).toString()));
        command.addAll(List.of(options));
        return LocalProcess.start(command, Map.of(), folder, folder.resolve(program + ".log"));
    }

    private static String serviceAccountKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var text = new StringWriter();
            try (Writer target = text;
                    var writer = new JcaPEMWriter(target)) {
                writer.writeObject(generator.generateKeyPair().getPrivate());
            }
            return text.toString();
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + START.toNanos();
        Config impatient = config();
        impatient.setRequestRetryBackoffLimit(0);
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            while (!isReady(client)) {
                if (System.nanoTime() > end || !server.isAlive() || !etcd.isAlive()) {
                    throw new IllegalStateException("The API server did not start:\n" + tail("kube-apiserver.log"));
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReady(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"))
                    && client.namespaces().withName("default").get() != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private String tail(String log) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(log));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port + "/")
                .withTrustCerts(true)
                .withDisableHostnameVerification(true)
                .withOauthToken(token)
                // On a busy machine a watch may be long in coming; that it does come is what counts.
                .withConnectionTimeout(60_000)
                .withRequestTimeout(120_000)
                .build();
    }

    @Override
    public void close() {
        server.signal("KILL");
        etcd.signal("KILL");
        ports.close();
    }

    @Override
    public String toString() {
        return "real Kubernetes API server";
    }
}
