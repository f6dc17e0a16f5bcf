package dev.howdah.kubernetes;

import dev.howdah.crd.LeanSerialization;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/** The first Kubernetes client of a process takes a while, because of what is behind it; a second core can begin with that at once. */
public final class ClientPreinitializer implements BackgroundPreinitializer {
    @Override
    public void preinitialize() {
        // Nothing is called with it, so it need not read a hundred authorities to know whom to trust.
        Config config = Config.empty();
        config.setTrustCerts(true);
        new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(LeanSerialization.create())
                .build()
                .close();
    }
}
