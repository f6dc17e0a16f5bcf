package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartScriptIT {

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void theFirstStartCreatesAClusterThatProvesWhoItIs(String shell) throws SQLException {
        try (ScriptedServer server = ScriptedServer.of(Servers.a(), shell).started()) {
            assertThat(server.query("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("TLSv1.3");
            assertThat(server.query("SHOW data_checksums")).isEqualTo("on");
            assertThat(server.query(
                            "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'template0'"))
                    .isEqualTo("bC.UTF-8");
            assertThat(server.query("SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolsuper"))
                    .isEqualTo("howdah");
        }
    }

    @Test
    void plaintextIsRefused() {
        try (ScriptedServer server = ScriptedServer.of(Servers.a()).started()) {
            assertThatThrownBy(() -> server.connect("disable"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no encryption");
        }
    }

    @Test
    void dataSurvivesAKillAndARestart() throws SQLException {
        try (ScriptedServer server = ScriptedServer.of(Servers.a()).started()) {
            server.execute("CREATE TABLE kept AS SELECT 42 AS answer");

            server.kill();
            server.started();
            server.stop();
            server.started();

            assertThat(server.query("SELECT answer FROM kept")).isEqualTo("42");
            assertThat(server.output()).containsOnlyOnce("creating a database cluster");
        }
    }

    @Test
    void whatIsNoClusterIsNeverTouched() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Servers.a())) {
            Path precious = server.data().resolve("precious");
            server.write(precious, "data");

            server.start();

            assertThat(server.exitStatus()).isEqualTo(1);
            assertThat(server.output())
                    .contains("is not empty and not a database cluster")
                    .contains("left as it is");
            assertThat(Files.readString(precious)).isEqualTo("data");
        }
    }

    @Test
    void anEmptyFolderIsNoObstacle() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Servers.a())) {
            Files.createDirectories(server.data());

            assertThat(server.started().query("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aClusterOfAnotherVersionIsNeverTouched() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Servers.a())) {
            server.write(server.data().resolve("PG_VERSION"), "16\n");

            server.start();

            assertThat(server.exitStatus()).isEqualTo(1);
            assertThat(server.output())
                    .contains("holds a database cluster of PostgreSQL 16, this server is PostgreSQL 17");
            assertThat(server.data()).isDirectoryNotContaining("glob:**postgresql.auto.conf");
        }
    }

    @Test
    void anUnfinishedClusterOfAnEarlierStartIsReplaced() throws SQLException {
        try (ScriptedServer server = ScriptedServer.of(Servers.a())) {
            Path unfinished = server.data().resolveSibling("pgdata.initdb");
            server.write(unfinished.resolve("PG_VERSION"), "17\n");
            server.write(unfinished.resolve("base/half"), "");

            assertThat(server.started().query("SELECT 1")).isEqualTo("1");
            assertThat(unfinished).doesNotExist();
        }
    }

    @Test
    void aFullVolumeIsSaidSo() {
        try (ScriptedServer server = ScriptedServer.of(Servers.a()).started()) {
            server.stop();
            server.shadow("df", "echo header; echo 'disk 1000000 995000 5000 99% /howdah/data'");

            server.start();

            assertThat(server.exitStatus()).isEqualTo(1);
            assertThat(server.output())
                    .contains(
                            "disk full: 4 MiB are free and the write-ahead log needs 16 MiB to start; grow the volume");
        }
    }

    @Test
    void anImageWithoutPostgresqlIsSaidSo() {
        try (ScriptedServer server = ScriptedServer.of(Servers.a())) {
            server.shadow("postgres", "echo 'postgres (PostgreSQL) 9.6.24'");
            server.write(server.config().resolve("find-postgres.sh"), "find_postgres() { return 1; }\n");

            server.start();

            assertThat(server.exitStatus()).isEqualTo(1);
            assertThat(server.output()).contains("the image has no PostgreSQL 17");
        }
    }

    @Test
    void whatInitdbSaysIsPassedOn() {
        try (ScriptedServer server = ScriptedServer.of(Servers.a().initdbArgs("--locale=xx_YY"))) {
            server.start();

            assertThat(server.exitStatus()).isEqualTo(1);
            assertThat(server.output())
                    .contains("invalid locale name \"xx_YY\"")
                    .contains("initdb failed");
            assertThat(server.data()).doesNotExist();
        }
    }

    @Test
    void theConfigurationFileIsTheTruthAfterARestart() throws SQLException {
        try (ScriptedServer server = ScriptedServer.of(Servers.a()).started()) {
            server.execute("ALTER SYSTEM SET work_mem = '99MB'");
            server.execute("SELECT pg_reload_conf()");
            ScriptedServer.await(() -> workMem(server).equals("99MB"));

            server.stop();
            server.started();

            assertThat(workMem(server)).isEqualTo("6553kB");
        }
    }

    @Test
    void aRenewedCertificateIsServedAfterAReload() throws SQLException {
        try (ScriptedServer server = ScriptedServer.of(Servers.a()).started();
                Connection open = server.connect();
                Statement statement = open.createStatement()) {
            String started = server.query("SELECT pg_postmaster_start_time()");
            String before = server.servedCertificate();

            server.renewCertificate();
            statement.execute("SELECT pg_reload_conf()");

            ScriptedServer.await(() -> !server.servedCertificate().equals(before));
            assertThat(server.query("SELECT pg_postmaster_start_time()")).isEqualTo(started);
            assertThat(open.isValid(1)).isTrue();
        }
    }

    @Test
    void segmentsHaveTheSizeThatWasAskedFor() throws SQLException {
        Servers small = Servers.a().initdbArgs("--wal-segsize=1").storage("100Mi", null);
        try (ScriptedServer server = ScriptedServer.of(small).started()) {
            assertThat(server.query("SHOW wal_segment_size")).isEqualTo("1MB");
            assertThat(server.query("SHOW max_wal_size")).isEqualTo("20MB");
        }
    }

    private static String workMem(ScriptedServer server) {
        try {
            return server.query("SHOW work_mem");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
