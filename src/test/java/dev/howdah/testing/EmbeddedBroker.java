package dev.howdah.testing;

import dev.howdah.HowdahApplication;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** How the broker runs on an embedded Kubernetes. */
public final class EmbeddedBroker {
    public static final String USER = "howdah";
    public static final String PASSWORD = "howdah";

    /** The settings that make it reachable: a user, plain HTTP on one port, and servers that are published on ports of this machine. */
    public static final Map<String, String> PROPERTIES = Map.of(
            "server.address",
            "127.0.0.1",
            "howdah.shutdown.drain",
            "0s",
            "howdah.security.users." + USER,
            PASSWORD,
            "howdah.tls.mode",
            "off",
            "management.server.port",
            "",
            "howdah.namespace",
            EmbeddedKubernetes.NAMESPACE,
            "howdah.exposure.type",
            "NodePort",
            "howdah.workload.node-host",
            "127.0.0.1",
            "logging.level.io.zonky",
            "warn",
            "logging.level.io.vertx.core.impl.BlockedThreadChecker",
            "error");

    private EmbeddedBroker() {}

    /** Puts a client of the embedded Kubernetes where the production code would make one of the kubeconfig. */
    public static ApplicationContextInitializer<GenericApplicationContext> on(EmbeddedKubernetes kubernetes) {
        return context -> context.registerBean("kubernetesClient", KubernetesClient.class, kubernetes::newBrokerClient);
    }

    static ConfigurableApplicationContext run(EmbeddedKubernetes kubernetes, Map<String, String> properties) {
        return new SpringApplicationBuilder(HowdahApplication.class)
                .initializers(on(kubernetes))
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }
}
