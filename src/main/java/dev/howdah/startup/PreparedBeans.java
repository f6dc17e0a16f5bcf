package dev.howdah.startup;

import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.aot.AotDetector;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.context.aot.AbstractAotProcessor;
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
final class PreparedBeans implements EnvironmentPostProcessor {
    /** What follows the name of the main class in that of the class that makes them. */
    private static final String PREPARED = "__ApplicationContextInitializer";

    private static final String RECONCILE = "howdah.reconcile";

    /** As Spring Boot calls the settings that are in the jar. */
    private static final String OWN_SETTINGS = "class path resource [application.yml]";

    /** What conditions look at begins like this. */
    private static final List<ConfigurationPropertyName> DECISIVE = names("spring", "server", "management");

    /** These begin like that, and no condition looks at them. */
    private static final List<ConfigurationPropertyName> HARMLESS = names(
            "spring.aot",
            "spring.application",
            "spring.config",
            "server.address",
            "server.port",
            "management.server.address",
            // Whether it is a port of its own is asked below.
            "management.server.port");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            if (!fit(environment)) {
                throw new IllegalStateException(
                        "The beans cannot be prepared with other settings than those in the jar: "
                                + "unset the variables that begin with SPRING_, SERVER_ or MANAGEMENT_");
            }
        } else if (SpringProperties.checkFlag(AotDetector.AOT_ENABLED) == null
                && application.getMainApplicationClass() instanceof Class<?> main
                && ClassUtils.isPresent(main.getName() + PREPARED, main.getClassLoader())
                && isPackaged(main)
                && fit(environment)) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        }
    }

    /** In a folder of classes, what was prepared may be of a build before. */
    private static boolean isPackaged(Class<?> main) {
        CodeSource source = main.getProtectionDomain().getCodeSource();
        return source != null && source.getLocation().toString().contains(".jar");
    }

    /** Whether the beans for these settings are those for the settings in the jar. */
    static boolean fit(ConfigurableEnvironment environment) {
        return ManagementPortType.get(environment) == ManagementPortType.DIFFERENT
                && !"false".equalsIgnoreCase(environment.getProperty(RECONCILE))
                && StreamSupport.stream(
                                ConfigurationPropertySources.get(environment).spliterator(), false)
                        .filter(source -> !isOwn(source))
                        .noneMatch(PreparedBeans::decides);
    }

    private static boolean isOwn(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> named
                && named.getName().contains(OWN_SETTINGS);
    }

    private static boolean decides(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource settings
                ? settings.stream().anyMatch(PreparedBeans::decides)
                // What cannot be listed may hold anything. Random numbers are only there for who asks for them.
                : !(source.getUnderlyingSource() instanceof RandomValuePropertySource);
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
