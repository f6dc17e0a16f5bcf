package dev.howdah.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The commands of the README's tour, as one who pastes them into a terminal sees them. */
final class ReadmeTour {
    private static final List<String> PROGRAMS = List.of("bash", "curl", "psql", "sed");

    private ReadmeTour() {}

    /** Pastes them, and fails if what they print is not what it should be. */
    static void take(URI broker) throws IOException, InterruptedException {
        assumeTrue(PROGRAMS.stream().allMatch(ReadmeTour::isInstalled), "the tour needs " + PROGRAMS);
        assertThat(paste(commands(), broker))
                .contains("\"name\":\"postgres-database\"")
                .containsSubsequence("data_checksums", "on", "CREATE TABLE", "ALTER TABLE", "from one", "from two")
                .containsSubsequence("authentication failed", "as it should be", "from one", "from two")
                .endsWith("{\"state\":\"succeeded\",\"description\":\"Deleted\"}\n");
    }

    private static String commands() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String fence = "```sh\n";
        int start = readme.indexOf(fence, readme.indexOf("## Tour")) + fence.length();
        return readme.substring(start, readme.indexOf("```", start));
    }

    private static String paste(String commands, URI broker) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tour", ".txt");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("BROKER", broker.toString());
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
