package dev.howdah.startup;

import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * Lets a start of the jar take the beans that were worked out when it was built (Spring's ahead-of-time processing). They are those for
 * the settings in the jar, so a start with any setting that might ask for others works them out anew, as does one that says
 * {@code -Dspring.aot.enabled=false}. Of Howdah's own settings only {@code howdah.reconcile} says which beans there are.
 *
 * @see <a href="https://docs.spring.io/spring-boot/reference/packaging/aot.html">Spring Boot: Ahead-of-Time Processing With the JVM</a>
 */
final class PreparedBeans implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    /** What follows the name of the main class in that of the class that makes them. */
    private static final String PREPARED = "__ApplicationContextInitializer";

    private static final String RECONCILE = "howdah.reconcile";
    private static final String MANAGEMENT_PORT = "management.server.port";

    /** As Spring Boot calls the settings that are in the jar. */
    private static final String OWN_SETTINGS = "class path resource [application.yml]";

    /** What conditions look at begins like this. */
    private static final List<ConfigurationPropertyName> DECISIVE = names("spring", "server", "management");

    /** These begin like that, and no condition looks at them. */
    private static final List<ConfigurationPropertyName> HARMLESS = names(
            // The build's own, and what every start has.
            AbstractAotProcessor.AOT_PROCESSING,
            "spring.application.json",
            "spring.application.name",
            "spring.application.pid",
            "spring.application.title",
            "spring.application.version",
            "spring.config",
            "server.address",
            "server.port",
            "management.server.address",
            // Whether it is a port of its own is asked below.
            MANAGEMENT_PORT);

    /** After all that puts settings into the environment, and translates some of those of others, as {@code OTEL_…}. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent prepared) {
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            obstacle(prepared.getEnvironment()).ifPresent(setting -> {
                throw new IllegalStateException("The jar's beans are prepared with the settings in the jar alone, but "
                        + setting + " is set elsewhere: unset it for the build");
            });
        } else if (SpringProperties.checkFlag(AotDetector.AOT_ENABLED) == null
                && arePrepared(prepared.getSpringApplication())
                && obstacle(prepared.getEnvironment()).isEmpty()) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        }
    }

    private static boolean arePrepared(SpringApplication application) {
        return application.getMainApplicationClass() instanceof Class<?> main
                && ClassUtils.isPresent(main.getName() + PREPARED, main.getClassLoader())
                && isPackaged(main);
    }

    /** In a folder of classes, what was prepared may be of a build before. */
    private static boolean isPackaged(Class<?> main) {
        CodeSource source = main.getProtectionDomain().getCodeSource();
        return source != null && source.getLocation().toString().contains(".jar");
    }

    /** A setting that may ask for other beans than the settings in the jar do; empty if there is none. */
    static Optional<String> obstacle(ConfigurableEnvironment environment) {
        if (ManagementPortType.get(environment) != ManagementPortType.DIFFERENT) {
            return Optional.of(MANAGEMENT_PORT);
        }
        if ("false".equalsIgnoreCase(environment.getProperty(RECONCILE))) {
            return Optional.of(RECONCILE);
        }
        if (sources(environment).noneMatch(PreparedBeans::isOwn)) {
            return Optional.of("spring.config.location");
        }
        return sources(environment)
                .filter(source -> !isOwn(source))
                .flatMap(PreparedBeans::decisive)
                .findFirst();
    }

    private static Stream<ConfigurationPropertySource> sources(ConfigurableEnvironment environment) {
        return StreamSupport.stream(
                ConfigurationPropertySources.get(environment).spliterator(), false);
    }

    private static boolean isOwn(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> named
                && named.getName().contains(OWN_SETTINGS);
    }

    private static Stream<String> decisive(ConfigurationPropertySource source) {
        if (source instanceof IterableConfigurationPropertySource settings) {
            return settings.stream().filter(PreparedBeans::decides).map(ConfigurationPropertyName::toString);
        }
        // What cannot be listed may hold anything. Random numbers are only there for who asks for them.
        return source.getUnderlyingSource() instanceof RandomValuePropertySource
                ? Stream.empty()
                : Stream.of(String.valueOf(source.getUnderlyingSource()));
    }

    private static boolean decides(ConfigurationPropertyName name) {
        return beginsWithOneOf(DECISIVE, name) && !beginsWithOneOf(HARMLESS, name);
    }

    private static boolean beginsWithOneOf(List<ConfigurationPropertyName> beginnings, ConfigurationPropertyName name) {
        return beginnings.stream().anyMatch(beginning -> beginning.equals(name) || beginning.isAncestorOf(name));
    }

    private static List<ConfigurationPropertyName> names(String... names) {
        return Arrays.stream(names).map(ConfigurationPropertyName::of).toList();
    }
}
