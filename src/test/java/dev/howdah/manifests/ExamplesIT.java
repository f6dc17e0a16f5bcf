package dev.howdah.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.HowdahHarness;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesIT {
    /** The API server holds it against the schema; in a namespace where nobody reconciles. */
    @ParameterizedTest
    @ValueSource(strings = {"instance.yaml", "binding.yaml"})
    void theExamplesAreAdmitted(String file) {
        KubernetesClient client = HowdahHarness.shared().kubernetes();
        String yaml = Manifests.text(
                        Manifests.ROOT.resolve("examples/kubernetes").resolve(file))
                .replace("namespace: howdah-instances", "namespace: default");
        GenericKubernetesResource example = client.getKubernetesSerialization()
                .unmarshal(
                        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                        GenericKubernetesResource.class);

        GenericKubernetesResource admitted = client.resource(example).create();

        assertThat(admitted.<Object>get("spec")).isEqualTo(example.<Object>get("spec"));
        client.resource(admitted).delete();
    }
}
