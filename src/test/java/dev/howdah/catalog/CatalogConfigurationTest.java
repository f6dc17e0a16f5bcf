package dev.howdah.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

class CatalogConfigurationTest {
    private static final String VALID = """
            howdah:
              catalog:
                offerings:
                  - id: 11111111-1111-4111-8111-111111111111
                    name: other
                    description: Another catalog
                    plans:
                      - id: 22222222-2222-4222-8222-222222222222
                        name: small
                        description: A plan
                        server:
                          cpu: 250m
                          memory: 256Mi
                          storage: 1Gi
                          connections: 10
                          versions: ["17"]
                          scheduling:
                            tolerations:
                              - key: dedicated
                                operator: Exists
            """;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(CatalogConfiguration.class);

    private ApplicationContextRunner with(String yaml) {
        return runner.withInitializer(context -> {
            try {
                List<PropertySource<?>> sources =
                        new YamlPropertySourceLoader().load("operator", new ByteArrayResource(yaml.getBytes()));
                sources.forEach(context.getEnvironment().getPropertySources()::addFirst);
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        });
    }

    /** Platforms know offerings and plans by id alone: a change would orphan every instance. */
    @Test
    void theIdsOfTheDefaultCatalogNeverChange() {
        runner.run(context -> {
            List<ServiceOffering> offerings = context.getBean(Catalog.class).offerings();
            assertThat(offerings.stream()
                            .flatMap(offering -> Stream.concat(
                                    Stream.of(offering.name() + " " + offering.id()),
                                    offering.plans().stream().map(plan -> plan.name() + " " + plan.id()))))
                    .containsExactly(
                            "postgres-database 7d1fbf1c-2b9a-4d6e-9c3a-0f6a3f0b7a11",
                            "free 3c1d9a52-6f0e-4b7b-8a54-5d2f1c9e4b21",
                            "premium 9b0e4e8f-1c57-4b0d-b3c6-7a8d2e5f6c32");
        });
    }

    @Test
    void anOperatorsCatalogReplacesTheDefaultOneAsAWhole() {
        with(VALID).run(context -> {
            Catalog catalog = context.getBean(Catalog.class);
            assertThat(catalog.offerings()).extracting(ServiceOffering::name).containsExactly("other");
            ServicePlan plan = catalog.offerings().getFirst().plans().getFirst();
            assertThat(plan.extensions()).isEmpty();
            assertThat(plan.server().scheduling().get("tolerations")).isInstanceOf(List.class);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: 11111111-1111-4111-8111-111111111111 | id: My-Id            | offerings[0].id must be a UUID
            name: other                              | name: "two words"    | offerings[0].name
            description: A plan                      | description: ""      | offerings[0].plans[0].description
            id: 22222222-2222-4222-8222-222222222222 | id: 11111111-1111-4111-8111-111111111111 | used twice
            cpu: 250m                                | cpu: lots            | plans[0].server.cpu must be a Kubernetes quantity
            memory: 256Mi                            | memory: 1Mi          | server.memory must be at least 128Mi
            storage: 1Gi                             | max-storage: 1Gi     | server.storage must be
            connections: 10                          | connections: 0       | server.connections must be between
            versions: ["17"]                         | versions: ["9.6"]    | server.versions must be from 14 to 18
            versions: ["17"]                         | versions: []         | server.versions must list at least one
            description: A plan                      | maintenance-version: v1   | maintenance-version must be a semantic version
            description: A plan                      | maximum-polling-duration: 1s | maximum-polling-duration must be between
            description: A plan                      | updates-to: [large]  | updates-to names no plan of this offering: large
            """)
    void aRuleThatIsBrokenStopsTheStartNamingThePropertyAndTheFix(String right, String wrong, String problem) {
        with(VALID.replace(right, wrong)).run(context -> {
            assertThat(context).hasFailed();
            InvalidCatalog failure = causeOf(context.getStartupFailure());
            assertThat(failure.problems()).anyMatch(each -> each.contains(problem));
            assertThat(new InvalidCatalogFailureAnalyzer().analyze(failure).getDescription())
                    .contains(problem);
        });
    }

    @Test
    void aPropertyThatNobodyKnowsStopsTheStart() {
        with(VALID.replace("name: small", "name: small\n            colour: red"))
                .run(context -> assertThat(causeOf(context.getStartupFailure()).problems())
                        .containsExactly("howdah.catalog.offerings[0].plans[0].colour is not known;"
                                + " correct its spelling or remove it"));
    }

    @Test
    void theImageCanBeSetWithoutWritingTheCatalogAgain() {
        runner.withPropertyValues("howdah.catalog.image=registry.example/postgres:{version}")
                .run(context -> assertThat(context.getBean(Catalog.class)
                                .offerings()
                                .getFirst()
                                .plans())
                        .extracting(plan -> plan.server().imageOf("17"))
                        .containsOnly("registry.example/postgres:17"));
    }

    @Test
    void anEmptyCatalogStopsTheStart() {
        new ApplicationContextRunner()
                .withUserConfiguration(CatalogConfiguration.class)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("none", java.util.Map.of())))
                .run(context -> assertThat(causeOf(context.getStartupFailure()).problems())
                        .containsExactly("howdah.catalog.offerings must list at least one offering"));
    }

    private static InvalidCatalog causeOf(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof InvalidCatalog)) {
            cause = cause.getCause();
        }
        return (InvalidCatalog) cause;
    }
}
