package dev.howdah.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Reads the catalog from the one place that has the say, so that an operator's catalog replaces the default one as a
 * whole. Spring's own binding would take the lists of the default one that the operator's does not have for mistakes.
 */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {
    private static final ConfigurationPropertyName NAME = ConfigurationPropertyName.of("howdah.catalog");
    private static final ConfigurationPropertyName OFFERINGS = NAME.append("offerings");

    @Bean
    Catalog catalog(Environment environment) {
        // The image is a setting of its own: a cluster with another registry has the same plans.
        return ConfiguredCatalog.of(read(environment).withImage(environment.getProperty("howdah.catalog.image")));
    }

    private static CatalogProperties read(Environment environment) {
        List<ConfigurationPropertySource> source = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(each -> each.containsDescendantOf(OFFERINGS) == ConfigurationPropertyState.PRESENT)
                .limit(1)
                .toList();
        KnownNames known = new KnownNames();
        CatalogProperties properties = new Binder(
                        source,
                        new PropertySourcesPlaceholdersResolver(environment),
                        ApplicationConversionService.getSharedInstance())
                .bind(NAME, Bindable.of(CatalogProperties.class), known)
                .orElseGet(() -> new CatalogProperties(null, List.of()));
        source.forEach(known::requireNoOthers);
        return properties;
    }

    /** The names that binding looked at. Spring's own check for others overlooks those in elements of lists. */
    private static final class KnownNames implements BindHandler {
        private final Set<ConfigurationPropertyName> names = new HashSet<>();

        @Override
        public <T> @Nullable Bindable<T> onStart(
                ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
            names.add(name);
            return target;
        }

        void requireNoOthers(ConfigurationPropertySource source) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                List<String> unknown = iterable.stream()
                        .filter(name -> NAME.isAncestorOf(name) && !names.contains(name))
                        .map(name -> name + " is not known; correct its spelling or remove it")
                        .toList();
                if (!unknown.isEmpty()) {
                    throw new InvalidCatalog(unknown);
                }
            }
        }
    }
}
