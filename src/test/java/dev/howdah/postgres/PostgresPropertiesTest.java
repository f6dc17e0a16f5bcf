package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PostgresPropertiesTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(PostgresConfiguration.class);

    @Test
    void nothingConfiguredGivesTheDefaults() {
        runner.run(context ->
                assertThat(context.getBean(PostgresProperties.class)).isEqualTo(PostgresProperties.defaults()));
    }

    @ParameterizedTest
    @CsvSource({
        "connect-timeout, 0s",
        "connect-timeout, 999ms",
        "socket-timeout, 0s",
        "socket-timeout, 60s",
        "statement-timeout, 0s",
        "lock-timeout, -1s",
        "terminate-timeout, 0s"
    })
    void aWrongTimeStopsTheStartAndIsNamed(String name, String value) {
        runner.withPropertyValues("howdah.postgres." + name + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("howdah.postgres." + name + " is ")
                        .hasMessageContaining(": use "));
    }
}
