package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However early a first start ends, the next one ends with a healthy cluster. */
class StartScriptKilledIT {

    private static ScriptedServer template;

    @BeforeAll
    static void createTemplate() {
        template = ScriptedServer.of(Servers.a()).started();
        template.stop();
    }

    @AfterAll
    static void removeTemplate() {
        template.close();
    }

    /** The commands of the script from the one on that first changes anything; a kill before it is no start at all. */
    static Stream<Integer> lines() {
        List<String> lines = script();
        int first = lines.indexOf("  rm -rf -- \"$new\"") + 1;
        return IntStream.range(first, lines.size())
                .filter(line -> isCommand(lines.get(line - 1)) && isComplete(killedAfter(line)))
                .boxed();
    }

    private static boolean isCommand(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("lines")
    void theStartAfterAKillAtAnyLineSucceeds(int line) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Servers.a())) {
            // Copying a finished cluster is what initdb does, only faster: it runs once for every line.
            server.shadow("initdb", "[ \"$1\" = --sync-only ] || cp -Rp " + template.data() + " \"$2\"\n");
            Path killed = server.config().resolve("killed.sh");
            server.write(killed, killedAfter(line));
            server.start(killed);
            // A line in a branch that this start does not take kills nothing; then the server runs, and dies now.
            ScriptedServer.await(() -> server.hasEnded() || server.answers());
            server.kill();

            assertThat(Files.exists(server.data().resolve("PG_VERSION")))
                    .as("PGDATA is there only when it is whole")
                    .isEqualTo(Files.exists(server.data().resolve("global/pg_control")));
            assertThat(server.started().query("SELECT count(*) FROM pg_database"))
                    .isEqualTo("3");
            assertThat(server.data().resolveSibling("pgdata.initdb")).doesNotExist();
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {"PG_VERSION", "global/pg_control", "base/1/PG_VERSION", "base/4/PG_VERSION", "base/5/PG_VERSION"
            })
    void theStartAfterAKillWithinInitdbSucceeds(String reached) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Servers.a())) {
            Path file = server.data().resolveSibling("pgdata.initdb").resolve(reached);
            server.start();
            ScriptedServer.await(() -> Files.exists(file) || Files.exists(server.data()));
            server.kill();

            assertThat(server.started().query("SELECT count(*) FROM pg_database"))
                    .isEqualTo("3");
        }
    }

    private static List<String> script() {
        return Servers.a()
                .manifests()
                .configMap()
                .getData()
                .getOrDefault("start.sh", "")
                .lines()
                .toList();
    }

    private static String killedAfter(int line) {
        List<String> lines = new ArrayList<>(script());
        lines.add(line, "kill -9 $$");
        return String.join("\n", lines) + "\n";
    }

    private static boolean isComplete(String script) {
        try {
            Process check = new ProcessBuilder("/bin/sh", "-n")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var input = check.outputWriter()) {
                input.write(script);
            }
            return check.waitFor() == 0;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
