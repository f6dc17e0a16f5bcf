package dev.howdah.osb.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * docs/conformance.md says which test shows what. It is made of requirements.txt and of {@link OsbCase}; when it differs,
 * this test writes what it should be to target/conformance.md, to be copied.
 */
class ConformanceTableTest {
    private static final int CASES = 159;
    private static final Path PAGE = Path.of("docs/conformance.md");
    private static final Path GENERATED = Path.of("target/conformance.md");
    private static final String MARK = "<!-- generated: ConformanceTableTest -->\n";

    private final Map<Integer, TreeSet<String>> testsByCase = testsByCase();

    private record Requirement(String id, String section, String text, List<Integer> cases) {}

    @Test
    void everyCaseHasATest() {
        assertThat(testsByCase.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CASES).boxed().toList());
    }

    @Test
    void everyCaseBelongsToARequirement() throws IOException {
        TreeSet<Integer> shown = new TreeSet<>();
        requirements().forEach(requirement -> shown.addAll(requirement.cases()));

        assertThat(shown)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CASES).boxed().toList());
    }

    @Test
    void thePageSaysWhichTestShowsWhat() throws IOException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(MARK) + MARK.length());
        String expected = head + table();
        Files.createDirectories(GENERATED.getParent());
        Files.writeString(GENERATED, expected);

        assertThat(page).as("Copy %s to %s", GENERATED, PAGE).isEqualTo(expected);
    }

    private String table() throws IOException {
        StringBuilder table =
                new StringBuilder("\n| | Section | Requirement | Cases | Tests |\n|---|---|---|---|---|\n");
        for (Requirement requirement : requirements()) {
            TreeSet<String> tests = new TreeSet<>();
            requirement.cases().forEach(number -> tests.addAll(testsByCase.getOrDefault(number, new TreeSet<>())));
            table.append("| %s | %s | %s | %s | %s |\n"
                    .formatted(
                            requirement.id(),
                            requirement.section(),
                            requirement.text(),
                            requirement.cases().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                            String.join("<br>", tests)));
        }
        return table.toString();
    }

    private static List<Requirement> requirements() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/osb/requirements.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s*\\|\\s*"))
                .map(field -> new Requirement(
                        field[0],
                        field[1],
                        field[2],
                        Arrays.stream(field[3].split("\\s*,\\s*"))
                                .map(Integer::valueOf)
                                .toList()))
                .toList();
    }

    private static Map<Integer, TreeSet<String>> testsByCase() {
        Map<Integer, TreeSet<String>> tests = new TreeMap<>();
        List<JavaMethod> methods = new ArrayList<>();
        new ClassFileImporter()
                .importPackagesOf(ConformanceTableTest.class)
                .forEach(type -> methods.addAll(type.getMethods()));
        methods.stream().filter(method -> method.isAnnotatedWith(OsbCase.class)).forEach(method -> {
            for (int number : method.getAnnotationOfType(OsbCase.class).value()) {
                tests.computeIfAbsent(number, unused -> new TreeSet<>())
                        .add("`%s.%s`".formatted(method.getOwner().getSimpleName(), method.getName()));
            }
        });
        return tests;
    }
}
