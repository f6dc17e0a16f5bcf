package dev.howdah.postgres;

import static dev.howdah.postgres.TestDatabase.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The role model as a person at a terminal meets it: psql, libpq, scripts. */
class PsqlIT {
    @TempDir
    private Path folder;

    private Path psql;
    private TestDatabase database;

    @BeforeEach
    void aDatabase() {
        psql = installed();
        database = new TestDatabase();
    }

    @AfterEach
    void dropped() {
        if (database != null) {
            database.close();
        }
    }

    private static Path installed() {
        List<Path> found = Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(":")).map(Path::of),
                        Stream.of(18, 17, 16, 15, 14)
                                .map("/usr/lib/postgresql/%d/bin"::formatted)
                                .map(Path::of))
                .map(path -> path.resolve("psql"))
                .filter(Files::isExecutable)
                .toList();
        assumeThat(found).as("psql is installed").isNotEmpty();
        return found.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "DISCARD ALL", "RESET ROLE"})
    void objectsOfEveryKindOutliveTheBindingThatMadeThem(String between) throws Exception {
        LoginRole first = database.bind("first");
        LoginRole second = database.bind("second");

        assertThat(run(first, script(between, ObjectsOfEveryKind.CREATED))).isEmpty();
        assertThat(run(second, script(between, ObjectsOfEveryKind.ALTERED))).isEmpty();
        assertThat(database.unbind(first)).isInstanceOf(DropOutcome.Dropped.class);
        assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();
        assertThat(run(database.bind("third"), script(between, ObjectsOfEveryKind.DROPPED)))
                .isEmpty();
    }

    @Test
    void psqlsOwnCommandsWorkForWhoWrites() throws Exception {
        Path rows = Files.writeString(folder.resolve("rows"), "one\ntwo\n");
        LoginRole writer = database.bind("writer");

        assertThat(run(writer, """
                        CREATE TABLE t (body text);
                        DISCARD ALL;
                        \\copy t from '%1$s'
                        \\lo_import '%1$s' 'a large object'
                        \\connect
                        BEGIN;
                        CREATE TABLE u AS TABLE t;
                        COMMIT;
                        \\copy u to '%1$s.copy'
                        """.formatted(rows))).isEmpty();

        assertThat(folder.resolve("rows.copy")).hasSameTextualContentAs(rows);
        assertThat(database.unbind(writer)).isInstanceOf(DropOutcome.Dropped.class);
        assertThat(database.objectsNotOwnedByTheOwner()).isEmpty();
    }

    @Test
    void whoOnlyReadsIsRefused() throws Exception {
        run(database.bind("writer"), "CREATE TABLE t (body text);");
        LoginRole reader = database.bind("reader", Access.READ_ONLY);

        assertThat(run(reader, "SELECT * FROM t;")).isEmpty();
        for (String attempt : List.of(
                "\\copy t from '/etc/hostname'",
                "\\lo_import '/etc/hostname'",
                "CREATE TEMP TABLE mine (id int);",
                "COPY t FROM PROGRAM 'id';",
                "SET ROLE %s;".formatted(database.name.owner().quoted()),
                "TRUNCATE t;")) {
            assertThat(run(reader, "SET default_transaction_read_only = off;\n" + attempt))
                    .as(attempt)
                    .contains("permission denied");
        }
        assertThat(run(reader, "\\connect postgres")).contains("permission denied for database");
    }

    private static String script(String between, List<String> statements) {
        return statements.stream()
                .map(statement -> between + ";\n" + statement + ";\n")
                .collect(Collectors.joining());
    }

    /** What it says on its standard error: nothing, or the first error, at which it stops. */
    private String run(LoginRole role, String script) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("script.sql"), script);
        Path errors = folder.resolve("errors");
        List<String> command = new ArrayList<>(List.of(psql.toString(), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f"));
        command.add(input.toString());
        command.add("postgresql://%s@%s:%d/%s?sslmode=require"
                .formatted(role.name(), SERVER.host(), SERVER.port(), database.name));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().put("PGPASSWORD", role.password().get());
        builder.environment().put("PGOPTIONS", "-c client_min_messages=error");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(errors, StandardCharsets.UTF_8);
    }
}
