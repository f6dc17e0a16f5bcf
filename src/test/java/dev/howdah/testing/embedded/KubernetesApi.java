package dev.howdah.testing.embedded;

import dev.howdah.testing.embedded.api.ApiServer;
import dev.howdah.testing.embedded.api.Permissions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

/** An API server of this JVM's own, on loopback. */
sealed interface KubernetesApi extends AutoCloseable permits KubernetesApi.InMemory, RealApiServer {

    /** How a client reaches it; nothing of it comes from a kubeconfig or from the environment. */
    Config config();

    /** The same for the broker, which may do what its Role allows; an administrator's where nobody checks. */
    default Config brokerConfig() {
        return config();
    }

    @Override
    void close();

    /** The real one when KUBE_ASSETS names its folder, otherwise the one in memory. */
    static KubernetesApi start() {
        String assets = System.getenv("KUBE_ASSETS");
        return assets == null || assets.isBlank()
                ? new InMemory(ApiServer.start())
                : RealApiServer.start(java.nio.file.Path.of(assets));
    }

    record InMemory(ApiServer server) implements KubernetesApi {
        @Override
        public Config config() {
            return new ConfigBuilder(Config.empty()).withMasterUrl(server.url()).build();
        }

        @Override
        public Config brokerConfig() {
            return new ConfigBuilder(config()).withOauthToken(Permissions.TOKEN).build();
        }

        @Override
        public void close() {
            server.close();
        }

        @Override
        public String toString() {
            return "Kubernetes API in memory";
        }
    }
}
