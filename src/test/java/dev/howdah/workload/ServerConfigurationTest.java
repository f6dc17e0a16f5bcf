package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigurationTest {

    @ParameterizedTest
    @CsvSource({
        "512Mi, 20, 128MB, 320MB, 6553kB, 32MB",
        "256Mi, 10, 64MB, 160MB, 6553kB, 16MB",
        "4Gi, 100, 1GB, 2560MB, 10485kB, 256MB",
        "64Gi, 1000, 16GB, 40GB, 16777kB, 1GB",
        "1Gi, 2000, 256MB, 640MB, 1MB, 64MB",
    })
    void memoryIsDividedUp(
            String memory, int connections, String shared, String cache, String work, String maintenance) {
        Map<String, String> derived = ServerConfiguration.derivedSettings(Servers.a()
                .resources("1", null, memory)
                .maxConnections(connections)
                .spec());

        assertThat(derived)
                .containsEntry("shared_buffers", shared)
                .containsEntry("effective_cache_size", cache)
                .containsEntry("work_mem", work)
                .containsEntry("maintenance_work_mem", maintenance);
    }

    @ParameterizedTest
    @CsvSource({
        "1Gi, '', 204MB, 80MB, 102MB, 256MB",
        "256Mi, '', 51MB, 32MB, 32MB, 64MB",
        "10Gi, '', 2GB, 80MB, 1GB, 2560MB",
        "100Gi, '', 4GB, 80MB, 10GB, 25GB",
        "100Mi, '', 32MB, 32MB, 32MB, 25MB",
        "100Mi, --wal-segsize=1, 20MB, 10MB, 10MB, 25MB",
        "10Gi, --wal-segsize=64, 2GB, 128MB, 1GB, 2560MB",
    })
    void writeAheadLogAndTemporaryFilesNeverFillTheVolume(
            String size, String initdb, String maxWal, String minWal, String slots, String temporary) {
        Servers server = Servers.a().storage(size, null);
        if (!initdb.isEmpty()) {
            server.initdbArgs(initdb);
        }

        assertThat(ServerConfiguration.derivedSettings(server.spec()))
                .containsEntry("max_wal_size", maxWal)
                .containsEntry("min_wal_size", minWal)
                .containsEntry("max_slot_wal_keep_size", slots)
                .containsEntry("temp_file_limit", temporary)
                .containsEntry("wal_keep_size", "0");
    }

    @ParameterizedTest
    @CsvSource({"100m, , 8, 1, 0", "2, , 8, 2, 1", "500m, 3500m, 8, 4, 2", "16, 16, 16, 16, 4"})
    void queriesUseTheCpusThatTheServerMayUse(String cpu, String limit, int workers, int parallel, int gather) {
        assertThat(ServerConfiguration.derivedSettings(
                        Servers.a().resources(cpu, limit, "1Gi").spec()))
                .containsEntry("max_worker_processes", Integer.toString(workers))
                .containsEntry("max_parallel_workers", Integer.toString(parallel))
                .containsEntry("max_parallel_workers_per_gather", Integer.toString(gather));
    }

    @Test
    void reservedConnectionsComeOnTopOfThePlans() {
        assertThat(ServerConfiguration.derivedSettings(
                        Servers.a().maxConnections(20).spec()))
                .containsEntry("max_connections", "25")
                .containsEntry("superuser_reserved_connections", "5");
    }

    @Test
    void whatWasAskedForWinsOverWhatWasDerived() {
        ServerConfiguration configuration = ServerConfiguration.of(
                Servers.a().settings(Map.of("work_mem", "32MB")).spec());

        assertThat(configuration.settings()).containsEntry("work_mem", "32MB");
        assertThat(configuration.reloadable()).containsEntry("work_mem", "32MB").doesNotContainKey("shared_buffers");
        assertThat(configuration.restartOnly()).containsKey("shared_buffers").doesNotContainKey("work_mem");
    }

    @Test
    void aSettingThatIsNotAllowedIsRefusedByItsName() {
        assertThatThrownBy(() -> ServerConfiguration.of(
                        Servers.a().settings(Map.of("fsync", "off")).spec()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.settings: fsync cannot be set");
    }

    @Test
    void aSettingThatTheMemoryCannotHoldIsRefused() {
        Servers server = Servers.a().resources("1", null, "512Mi");

        assertThat(ServerConfiguration.problems(
                        server.settings(Map.of("shared_buffers", "1GB")).spec()))
                .containsExactly("shared_buffers: '1GB' is more than half of the server's memory; use at most 256MB");
        assertThat(ServerConfiguration.problems(
                        server.settings(Map.of("work_mem", "256MB")).spec()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "-1Gi", ""})
    void aSizeThatIsNoneIsRefusedByItsName(String memory) {
        assertThatThrownBy(() -> ServerConfiguration.of(
                        Servers.a().resources("1", null, memory).spec()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.resources.memory: '" + memory + "'");
    }

    @Test
    void fileQuotesValuesAndNamesNoPathAndNoPort() {
        String file = ServerConfiguration.of(Servers.a()
                        .settings(Map.of("default_transaction_isolation", "repeatable read"))
                        .spec())
                .file();

        assertThat(file)
                .contains("default_transaction_isolation = 'repeatable read'\n")
                .contains("fsync = 'on'\n")
                .contains("ssl = 'on'\n")
                .doesNotContain("/")
                .doesNotContainPattern("(?m)^port|^listen|^ssl_cert");
    }
}
