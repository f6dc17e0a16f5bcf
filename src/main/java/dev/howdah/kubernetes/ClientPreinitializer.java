package dev.howdah.kubernetes;

import dev.howdah.crd.LeanSerialization;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/** The first Kubernetes client of a process takes a while, because of what is behind it; a second core can begin with that at once. */
public final class ClientPreinitializer implements BackgroundPreinitializer {
    @Override
    public void preinitialize() {
        new KubernetesClientBuilder()
                .withConfig(Config.empty())
                .withKubernetesSerialization(LeanSerialization.create())
                .build()
                .close();
    }
}
