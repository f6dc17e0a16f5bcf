package dev.howdah.testing.embedded;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Howdah's custom resource definitions: the committed ones, or ones made from the types where there are none. */
final class CustomResourceDefinitions {
    private static final Path COMMITTED = Path.of("broker-manifests", "crds");

    private CustomResourceDefinitions() {}

    static List<CustomResourceDefinition> all() {
        try {
            Path folder = Files.isDirectory(COMMITTED) ? COMMITTED : generated();
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                        .sorted()
                        .flatMap(CustomResourceDefinitions::read)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path generated() {
        Path folder = ProcessReaper.ofThisJvm().temporaryFolder();
        new CRDGenerator()
                .customResourceClasses(PostgresServer.class, PostgresInstance.class, PostgresBinding.class)
                .inOutputDir(folder.toFile())
                .generate();
        return folder;
    }

    private static Stream<CustomResourceDefinition> read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return Serialization.unmarshal(content) instanceof CustomResourceDefinition definition
                    ? Stream.of(definition)
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ResourceDefinitionContext context(CustomResourceDefinition definition) {
        var spec = definition.getSpec();
        return new ResourceDefinitionContext.Builder()
                .withGroup(spec.getGroup())
                .withVersion(spec.getVersions().getFirst().getName())
                .withPlural(spec.getNames().getPlural())
                .withKind(spec.getNames().getKind())
                .withNamespaced(true)
                .build();
    }
}
