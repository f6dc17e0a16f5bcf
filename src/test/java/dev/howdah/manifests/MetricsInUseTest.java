package dev.howdah.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsInUseTest {
    private static final Pattern IN_CODE =
            Pattern.compile("(?:builder|counter|gauge|timer)\\(\\s*\"(howdah\\.[a-z.]+)\"");
    private static final Pattern IN_QUERY = Pattern.compile("howdah_[a-z_]+");
    private static final Pattern SUFFIX = Pattern.compile("(_seconds)?(_bucket|_count|_sum|_max|_total)?$");

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yaml", "dashboard.json"})
    void everyMetricThatIsAskedForIsMeasured(String file) throws IOException {
        String queries =
                Manifests.text(Manifests.ROOT.resolve("components/monitoring").resolve(file));
        Set<String> asked =
                IN_QUERY.matcher(queries).results().map(MatchResult::group).collect(Collectors.toSet());

        Set<String> measured = measured();

        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(measured)
                        .containsAnyOf(name, SUFFIX.matcher(name).replaceFirst("")));
    }

    private static Set<String> measured() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> IN_CODE.matcher(Manifests.text(file)).results())
                    .map(found -> found.group(1).replace('.', '_'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
