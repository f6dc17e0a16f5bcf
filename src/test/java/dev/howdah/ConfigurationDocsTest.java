package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/** docs/configuration.md against the records that the settings are bound to. */
class ConfigurationDocsTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Read by conditions, and by no record. */
    private static final Map<String, String> CONDITIONS = Map.of("howdah.reconcile", "true", "howdah.rehearsal", "");

    /** The catalog's offerings have a chapter of their own. */
    private static final String OFFERINGS = "howdah.catalog.offerings";

    @Test
    void everySettingIsDocumentedWithItsDefaultAndNoOther() throws IOException {
        Map<String, String> settings = settings();
        Map<String, String> documented = documented();

        assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(settings.keySet());
        settings.forEach((name, value) -> {
            if (!value.isEmpty()) {
                assertThat(documented.get(name)).as(name).isEqualToIgnoringCase(value);
            }
        });
    }

    /** Default by name; empty if the code has none to compare. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(CONDITIONS);
        for (JavaClass found : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackagesOf(HowdahApplication.class)) {
            if (found.isAnnotatedWith(ConfigurationProperties.class)) {
                Class<?> type = found.reflect();
                ConfigurationProperties properties = type.getAnnotation(ConfigurationProperties.class);
                add(properties.value() + ".", type, settings);
            }
        }
        settings.remove(OFFERINGS);
        return settings;
    }

    private static void add(String prefix, Class<?> type, Map<String, String> settings) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        for (Parameter parameter : constructor.getParameters()) {
            Name renamed = parameter.getAnnotation(Name.class);
            String name = prefix + (renamed == null ? kebab(parameter.getName()) : renamed.value());
            DefaultValue value = parameter.getAnnotation(DefaultValue.class);
            if (parameter.getType().isRecord() && parameter.getType().getName().startsWith("dev.howdah")) {
                add(name + ".", parameter.getType(), settings);
            } else if (parameter.getType() == Map.class) {
                settings.put(name + (name.endsWith("labels") ? "" : ".<name>"), "");
            } else {
                settings.put(name, value != null && value.value().length == 1 ? value.value()[0] : "");
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z]|(?<=[a-z])[0-9]+)", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    /** The second column by the names of the first; a name that begins with a dot replaces the end of the one before. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/configuration.md"))) {
            if (!line.startsWith("| `howdah.")) {
                continue;
            }
            String[] cells = line.split("(?<!\\\\)\\|");
            List<String> names = names(cells[1]);
            String[] defaults = cells[2].split(",");
            for (int i = 0; i < names.size(); i++) {
                String value = defaults.length == names.size() ? defaults[i] : cells[2];
                String name = names.get(i).replace("<version>", "<name>");
                documented.put(name, value.replace("`", "").strip());
            }
        }
        return documented;
    }

    private static List<String> names(String cell) {
        List<String> names = new ArrayList<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            String name = matcher.group(1);
            names.add(
                    name.startsWith(".")
                            ? names.getLast().substring(0, names.getLast().lastIndexOf('.')) + name
                            : name);
        }
        return names;
    }
}
