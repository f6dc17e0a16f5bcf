package dev.howdah.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSchemaTest {
    private static final ServicePlan PLAN = new ServicePlan(
            "id",
            "p",
            "a plan",
            true,
            true,
            true,
            true,
            true,
            new ServicePlan.ServerSize(
                    "250m", null, "256Mi", "1Gi", "5Gi", null, 20, List.of("17", "18"), null, null, null, false),
            "1.0.0",
            null,
            Duration.ofMinutes(10),
            Duration.ofDays(30),
            null,
            List.of("hstore"),
            Map.of(),
            false);
    private final PlanParameters parameters = PlanParameters.of(PLAN);

    @Test
    void everyParameterMayBeLeftOut() {
        assertThat(parameters.create().problems(Map.of())).isEmpty();
        assertThat(parameters.update().problems(Map.of())).isEmpty();
        assertThat(parameters.bind().problems(Map.of())).isEmpty();
    }

    @Test
    void whatThePlanTakesIsAccepted() {
        assertThat(parameters
                        .create()
                        .problems(Map.of(
                                "version", "18",
                                "database", "orders_2",
                                "init-db-args", "--data-checksums --wal-segsize=32",
                                "storage", "5120Mi",
                                "extensions", List.of("hstore"),
                                "settings",
                                        Map.of(
                                                "work_mem", "64MB",
                                                "statement_timeout", "30s",
                                                "random_page_cost", 1.1,
                                                "jit", false,
                                                "timezone", "Europe/Berlin"))))
                .isEmpty();
        assertThat(parameters
                        .bind()
                        .problems(Map.of(
                                "access", "read-only",
                                "connection_limit", 20,
                                "statement_timeout", "0",
                                "search_path", "app, public",
                                "expires_after", "P30D")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            version          | 9.6                  | must be one of [17, 18]
            database         | Orders               | not in the form
            database         | postgres             | reserved
            init-db-args     | --auth=trust         | init-db-args
            init-db-args     | --no-data-checksums  | PostgreSQL 18
            storage          | 10Gi                 | from 1Gi to 5Gi
            storage          | 512Mi                | from 1Gi to 5Gi
            storage          | large                | not in the form
            colour           | red                  | known are
            """)
    void whatThePlanDoesNotTakeIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
        assertThat(parameters.create().problems(Map.of(name, value)))
                .singleElement()
                .asString()
                .startsWith("parameters." + name)
                .contains(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fsync              | off
            work_mem           | 1kB
            work_mem           | lots
            statement_timeout  | 8d
            statement_timeout  | 30
            log_statement      | all
            timezone           | ../../etc/passwd
            """)
    void aSettingThatIsNotAllowedIsNamed(String name, String value) {
        assertThat(parameters.create().problems(Map.of("settings", Map.of(name, value))))
                .singleElement()
                .asString()
                .contains("parameters.settings." + name);
    }

    @Test
    void whatIsFixedAtCreationCannotBeUpdated() {
        assertThat(parameters.update().problems(Map.of("version", "18"))).hasSize(1);
        assertThat(parameters.update().problems(Map.of("database", "x"))).hasSize(1);
        assertThat(parameters.update().problems(Map.of("init-db-args", "-k"))).hasSize(1);
    }

    @Test
    void aLifeLongerThanThePlanAllowsIsRefused() {
        assertThat(parameters.bind().problems(Map.of("expires_after", "P31D")))
                .singleElement()
                .asString()
                .contains("PT720H");
        assertThat(parameters.bind().problems(Map.of("expires_after", 30))).hasSize(1);
    }

    @Test
    void settingsAreRenderedAsPostgresqlConfTakesThem() {
        assertThat(AllowedSettings.render(false)).isEqualTo("off");
        assertThat(AllowedSettings.render("4MB")).isEqualTo("4MB");
        assertThat(AllowedSettings.render(16)).isEqualTo("16");
    }
}
