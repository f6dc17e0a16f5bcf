package dev.howdah.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.howdah.HowdahApplication;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class PreparedBeansTest {
    @Test
    void theSettingsInTheJarFit() throws IOException {
        assertThat(PreparedBeans.obstacle(environment(Map.of(), Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.port=8443",
                "server.address=127.0.0.1",
                "management.server.port=9090",
                "logging.level.root=debug",
                "logging.structured.format.console=ecs",
                "spring.config.additional-location=/etc/howdah/",
                "howdah.tls.mode=off",
                "howdah.reconcile=true",
                "howdah.kubernetes.warm-up=10s",
                "howdah.rehearsal=a:b",
                "java.io.tmpdir=/tmp",
                "springs=4"
            })
    void settingsThatNoConditionLooksAtFit(String setting) throws IOException {
        assertThat(PreparedBeans.obstacle(environment(Map.of(), of(setting)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.opentelemetry.tracing.export.otlp.endpoint=http://collector:4318",
                "management.endpoints.web.exposure.include=health,env",
                "management.endpoints.web.exposure.include[0]=env",
                "management.server.port=",
                "management.server.port=8080",
                "management.server.port=-1",
                "server.port=8081",
                "server.ssl.bundle=mine",
                "spring.profiles.active=mine",
                "spring.threads.virtual.enabled=false",
                "spring.main.lazy-initialization=true",
                "spring.application.admin.enabled=true",
                "spring.aot.enabled=false",
                "howdah.reconcile=false"
            })
    void settingsThatMayAskForOtherBeansDoNot(String setting) throws IOException {
        assertThat(PreparedBeans.obstacle(environment(Map.of(), of(setting)))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT=http://collector:4318",
                "SPRING_PROFILES_ACTIVE=mine",
                "SPRING_AUTOCONFIGURE_EXCLUDE=",
                "HOWDAH_RECONCILE=false"
            })
    void variablesCountAsWell(String variable) throws IOException {
        assertThat(PreparedBeans.obstacle(environment(of(variable), Map.of()))).isPresent();
    }

    @Test
    void variablesOfTheManifestsFit() throws IOException {
        assertThat(PreparedBeans.obstacle(environment(
                        Map.of(
                                "HOWDAH_TLS_SERVICE", "howdah",
                                "HOWDAH_KUBERNETES_WARMUP", "10s",
                                "HOWDAH_SHUTDOWN_DRAIN", "10s",
                                "SPRING_CONFIG_ADDITIONALLOCATION", "/etc/howdah/config/",
                                "KUBERNETES_SERVICE_HOST", "10.96.0.1",
                                "SPRING_APPLICATION_JSON", "{}"),
                        Map.of())))
                .isEmpty();
    }

    @Test
    void withoutTheSettingsInTheJarTheBeansAreOthers() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("own", of("management.server.port=8081")));
        assertThat(PreparedBeans.obstacle(environment)).contains("spring.config.location");
    }

    @Test
    void theSettingIsNamed() throws IOException {
        assertThat(PreparedBeans.obstacle(environment(of("SPRING_PROFILES_ACTIVE=mine"), Map.of())))
                .contains("spring.profiles.active");
    }

    @Test
    void anotherFileOfTheSameNameCounts() throws IOException {
        ConfigurableEnvironment environment = environment(Map.of(), Map.of());
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "Config resource 'file [application.yml]' via location 'optional:file:./'",
                        Map.of("spring.main.lazy-initialization", "true")));
        assertThat(PreparedBeans.obstacle(environment)).isPresent();
    }

    @Test
    void whatCannotBeListedDoesNotFit() throws IOException {
        ConfigurableEnvironment environment = environment(Map.of(), Map.of());
        environment.getPropertySources().addLast(new RandomValuePropertySource());
        assertThat(PreparedBeans.obstacle(environment)).isEmpty();
        environment.getPropertySources().addLast(new PropertySource<>("remote", new Object()) {
            @Override
            public Object getProperty(String name) {
                return null;
            }
        });
        assertThat(PreparedBeans.obstacle(environment)).isPresent();
    }

    /** A new one asks for a line in {@link PreparedBeans}, or had better be a decision of the bean itself. */
    @Test
    void noOtherConditionsThanThoseThatAreLookedAt() {
        assertThat(conditions())
                .containsExactlyInAnyOrder(
                        // Looked at.
                        "SecurityConfiguration.actuatorChain: ConditionalOnManagementPort",
                        "ReconcilerConfiguration: ConditionalOnProperty",
                        // For tests, which have no main method of ours.
                        "KubernetesConfiguration.kubernetesClient: ConditionalOnMissingBean");
    }

    private static TreeSet<String> conditions() {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackagesOf(HowdahApplication.class)) {
            conditions(type.getAnnotations().stream()).forEach(name -> found.add(type.getSimpleName() + ": " + name));
            type.getMethods()
                    .forEach(method -> conditions(method.getAnnotations().stream())
                            .forEach(name -> found.add(type.getSimpleName() + "." + method.getName() + ": " + name)));
        }
        return found;
    }

    private static Stream<String> conditions(Stream<? extends JavaAnnotation<?>> annotations) {
        return annotations
                .map(JavaAnnotation::getRawType)
                .filter(type -> type.isEquivalentTo(Conditional.class)
                        || type.isMetaAnnotatedWith(Conditional.class)
                        || type.isAnnotatedWith(Conditional.class))
                .map(JavaClass::getSimpleName);
    }

    /** With the settings in the jar behind those that are given, as Spring Boot puts them. */
    private static ConfigurableEnvironment environment(Map<String, Object> variables, Map<String, Object> arguments)
            throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        sources.addLast(new MapPropertySource("commandLineArgs", arguments));
        sources.addLast(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        List<PropertySource<?>> own = new YamlPropertySourceLoader()
                .load(
                        "Config resource 'class path resource [application.yml]' via location 'optional:classpath:/'",
                        new ClassPathResource("application.yml"));
        own.forEach(sources::addLast);
        return environment;
    }

    private static Map<String, Object> of(String setting) {
        int equals = setting.indexOf('=');
        return Map.of(setting.substring(0, equals), setting.substring(equals + 1));
    }
}
