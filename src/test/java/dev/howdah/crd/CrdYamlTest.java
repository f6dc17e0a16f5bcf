package dev.howdah.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed definitions are those of the Java types. {@code -Dhowdah.crds.write=true} writes them anew. */
class CrdYamlTest {
    private static final Path COMMITTED = Path.of("broker-manifests", "crds");

    @ParameterizedTest
    @ValueSource(classes = {PostgresServer.class, PostgresInstance.class, PostgresBinding.class})
    void committedDefinitionIsTheGeneratedOne(Class<? extends HasMetadata> type, @TempDir Path folder)
            throws IOException {
        String generated = generate(type, folder);
        Path committed = COMMITTED.resolve(HasMetadata.getFullResourceName(type) + ".yaml");
        if (Boolean.getBoolean("howdah.crds.write")) {
            Files.createDirectories(COMMITTED);
            Files.writeString(committed, generated);
        }

        assertThat(Files.readString(committed))
                .as("%s; run this test with -Dhowdah.crds.write=true after changing a type", committed)
                .isEqualTo(generated);
    }

    @SuppressWarnings("unchecked")
    private static String generate(Class<? extends HasMetadata> type, Path folder) throws IOException {
        new CRDGenerator()
                .inOutputDir(folder.toFile())
                .forCRDVersions("v1")
                .withMinQuotes(true)
                .withPostProcessor(new DefinitionFinish(type))
                .customResourceClasses(type)
                .generate();
        return Files.readString(folder.resolve(HasMetadata.getFullResourceName(type) + "-v1.yml"));
    }
}
