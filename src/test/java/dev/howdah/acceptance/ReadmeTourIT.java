package dev.howdah.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.testing.HowdahHarness;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTourIT {
    private static final List<String> PROGRAMS = List.of("bash", "curl", "psql", "sed");

    @Test
    void everyLineOfTheTourWorksWhenPasted() throws IOException, InterruptedException {
        assumeTrue(PROGRAMS.stream().allMatch(ReadmeTourIT::isInstalled), "the tour needs " + PROGRAMS);
        HowdahHarness harness = HowdahHarness.shared();

        String output = paste(tour(), harness);

        assertThat(output)
                .contains("\"name\":\"postgres-database\"")
                .containsSubsequence("data_checksums", "on", "CREATE TABLE", "ALTER TABLE", "from one", "from two")
                .containsSubsequence("authentication failed", "as it should be", "from one", "from two")
                .endsWith("{\"state\":\"succeeded\",\"description\":\"Deleted\"}\n");
        assertThat(harness.kubernetes()
                        .pods()
                        .inNamespace(harness.namespace())
                        .withLabel("howdah.dev/server", "pg-tour")
                        .list()
                        .getItems())
                .isEmpty();
        try (Stream<Path> files = Files.walk(harness.environment().folder())) {
            assertThat(files.filter(file -> file.toString().contains("pg-tour")))
                    .isEmpty();
        }
    }

    private static String tour() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String fence = "```sh\n";
        int start = readme.indexOf(fence, readme.indexOf("## Tour")) + fence.length();
        return readme.substring(start, readme.indexOf("```", start));
    }

    private static String paste(String commands, HowdahHarness harness) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tour", ".txt");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("BROKER", harness.baseUrl().toString());
        shell.environment().put("PAGER", "cat");
        shell.start().waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return text;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
