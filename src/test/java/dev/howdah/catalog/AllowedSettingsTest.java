package dev.howdah.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "work_mem, 64kB",
        "work_mem, 2GB",
        "statement_timeout, 0",
        "statement_timeout, 30s",
        "statement_timeout, 7d",
        "deadlock_timeout, 1s",
        "random_page_cost, 1.1",
        "effective_io_concurrency, 0",
        "synchronous_commit, off",
        "default_transaction_isolation, repeatable read",
        "timezone, Europe/Berlin",
        "datestyle, 'ISO, DMY'",
    })
    void valuesInRangeAreAllowed(String name, String value) {
        assertThat(AllowedSettings.problems(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "work_mem, 63kB",
        "work_mem, 3GB",
        "work_mem, 64",
        "work_mem, 64 MB",
        "work_mem, 64mb",
        "work_mem, 99999999999GB",
        "statement_timeout, 8d",
        "statement_timeout, -1",
        "statement_timeout, 30",
        "deadlock_timeout, 0",
        "random_page_cost, 0",
        "random_page_cost, 1e9",
        "random_page_cost, NaN",
        "effective_io_concurrency, 0.5",
        "synchronous_commit, remote_apply",
        "timezone, 'UTC''; drop'",
        "default_text_search_config, english",
    })
    void valuesOutOfRangeAreRefusedWithWhatIsPossible(String name, String value) {
        assertThat(AllowedSettings.problems(Map.of(name, value)))
                .singleElement()
                .asString()
                .startsWith(name + ": '" + value + "' is not possible; use ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fsync", "full_page_writes", "archive_command", "shared_preload_libraries", "ssl",
                        "password_encryption",
                "max_connections", "listen_addresses", "log_statement", "max_wal_size", "temp_file_limit", "WORK_MEM"
            })
    void whatCouldHarmIsNoSetting(String name) {
        assertThat(AllowedSettings.problems(Map.of(name, "on")))
                .singleElement()
                .asString()
                .startsWith(name + " cannot be set");
    }

    @Test
    void everyProblemIsTold() {
        assertThat(AllowedSettings.problems(Map.of("fsync", "off", "work_mem", "1TB")))
                .hasSize(2);
    }

    @Test
    void settingsKnowWhetherTheyNeedARestart() {
        List<String> atRestart = AllowedSettings.all().stream()
                .filter(AllowedSetting::needsRestart)
                .map(AllowedSetting::name)
                .toList();

        assertThat(atRestart)
                .containsExactly(
                        "shared_buffers",
                        "max_locks_per_transaction",
                        "max_prepared_transactions",
                        "track_activity_query_size");
    }

    @Test
    void namesAreUnique() {
        assertThat(AllowedSettings.all().stream().map(AllowedSetting::name)).doesNotHaveDuplicates();
    }

    @Test
    void theDocumentationShowsEverySettingWithItsRange() throws IOException {
        String documentation = Files.readString(Path.of("docs", "workload.md"));

        for (AllowedSetting setting : AllowedSettings.all()) {
            assertThat(documentation)
                    .contains("| `%s`%s | %s |"
                            .formatted(
                                    setting.name(),
                                    setting.needsRestart() ? " **R**" : "",
                                    setting.range().description()));
        }
    }
}
