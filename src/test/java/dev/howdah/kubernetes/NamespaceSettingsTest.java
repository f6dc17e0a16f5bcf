package dev.howdah.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class NamespaceSettingsTest {
    private static final String LONGEST = "abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxy";

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @EnableConfigurationProperties(NamespaceSettings.class)
    private static final class Bound {}

    @ParameterizedTest
    @ValueSource(strings = {"a", "howdah-instances", "9", LONGEST})
    void aNamespaceHasANameOfKubernetes(String namespace) {
        runner.withPropertyValues("howdah.namespace=" + namespace)
                .run(context -> assertThat(
                                context.getBean(NamespaceSettings.class).namespace())
                        .isEqualTo(namespace));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Databases", "a_b", "a.b", "-a", "a-", LONGEST + "z"})
    void anyOtherStopsTheStartAndIsNamed(String namespace) {
        runner.withPropertyValues("howdah.namespace=" + namespace)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("howdah.namespace is '" + namespace + "': use "));
    }
}
