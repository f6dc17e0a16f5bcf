package dev.howdah.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TroubleshootingTest {
    private static final String GUIDE = Manifests.text(Path.of("docs/troubleshoot.md"));
    private static final Pattern REASON = Pattern.compile(
            "(?:Finding\\s*\\.(?:bad|good)|events\\s*\\.(?:warning|normal))\\(\\s*(?:\\w+,\\s*)?\"([A-Z]\\w+)\"");
    private static final Pattern ERROR = Pattern.compile(
            "(?:HttpStatus\\.\\w+|\\bstatus),\\s*\"([A-Z][A-Za-z]+)\"|new ErrorMessage\\(\"([A-Z]\\w+)\"");

    @Test
    void everyReasonOfAConditionAndOfAnEventIsExplained() throws IOException {
        assertThat(found(REASON, "reconciler")).hasSizeGreaterThan(30).allSatisfy(TroubleshootingTest::isExplained);
    }

    @Test
    void everyErrorOfTheApiIsExplained() throws IOException {
        assertThat(found(ERROR, "osb", "security")).hasSizeGreaterThan(10).allSatisfy(TroubleshootingTest::isExplained);
    }

    private static void isExplained(String word) {
        assertThat(GUIDE.lines().filter(line -> line.startsWith("| ")))
                .as("a line of a table with `%s`", word)
                .anyMatch(line -> line.split("\\|")[1].contains("`" + word + "`"));
    }

    private static Set<String> found(Pattern pattern, String... modules) throws IOException {
        Set<String> all = new TreeSet<>();
        for (String module : modules) {
            try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/howdah", module))) {
                all.addAll(sources.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> pattern.matcher(Manifests.text(file)).results())
                        .map(match ->
                                match.groupCount() > 1 && match.group(1) == null ? match.group(2) : match.group(1))
                        .collect(Collectors.toSet()));
            }
        }
        all.remove("Unknown");
        return all;
    }
}
