package dev.howdah.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {
    private static List<Path> files() {
        return Manifests.files();
    }

    private static Stream<Path> kustomizations() {
        return files().stream().filter(file -> file.endsWith("kustomization.yaml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachFileHoldsObjects(Path file) {
        assertThat(Manifests.documents(file)).isNotEmpty().allSatisfy(document -> {
            assertThat(document.path("apiVersion").asText()).isNotEmpty();
            assertThat(document.path("kind").asText()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void eachFileOfAFolderIsUsedAndEachThatIsUsedExists(Path kustomization) {
        JsonNode document = Manifests.documents(kustomization).getFirst();
        List<Path> used = new ArrayList<>();
        document.path("resources").forEach(name -> used.add(kustomization.resolveSibling(name.asText())));
        document.path("patches")
                .forEach(patch ->
                        used.add(kustomization.resolveSibling(patch.path("path").asText())));

        assertThat(used).allMatch(Files::exists);
        assertThat(files().stream().filter(file -> file.getParent().equals(kustomization.getParent())))
                .allMatch(file -> file.equals(kustomization) || used.contains(file));
    }

    /** Applying the manifests must never change a password, so nothing but the overlays that say so has one. */
    @Test
    void theBaseHoldsNoSecret() {
        assertThat(files().stream()
                        .filter(file -> file.startsWith(Manifests.ROOT.resolve("base")))
                        .flatMap(file -> Manifests.documents(file).stream()))
                .noneMatch(document -> document.path("kind").asText().equals("Secret"));
    }

    @Test
    void theBrokersPodIsRestricted() {
        JsonNode pod = Manifests.document("base/deployment.yaml", "Deployment").at("/spec/template/spec");
        JsonNode container = pod.path("containers").path(0).path("securityContext");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    }

    @Test
    void theExamplesNameWhatTheCatalogOffers() {
        JsonNode instance = Manifests.document("examples/service-catalog/instance.yaml", "ServiceInstance");
        JsonNode binding = Manifests.document("examples/service-catalog/binding.yaml", "ServiceBinding");

        assertThat(instance.path("apiVersion").asText()).isEqualTo("servicecatalog.k8s.io/v1beta1");
        assertThat(instance.at("/metadata/name").asText()).isEqualTo("my-postgres-db");
        assertThat(instance.at("/spec/clusterServiceClassExternalName").asText())
                .isEqualTo("postgres-database");
        assertThat(instance.at("/spec/clusterServicePlanExternalName").asText()).isEqualTo("free");
        assertThat(instance.at("/spec/parameters/init-db-args").asText()).isEqualTo("--data-checksums");
        assertThat(binding.at("/spec/instanceRef/name").asText()).isEqualTo("my-postgres-db");
        assertThat(binding.at("/spec/secretName").asText()).isEqualTo("postgres-secret");
        assertThat(Manifests.text(Path.of("src/main/resources/application.yml")))
                .contains("name: postgres-database", "name: free");
    }
}
