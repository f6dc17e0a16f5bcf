package dev.howdah.catalog;

import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
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

    @Bean
    Catalog catalog(Environment environment) {
        return ConfiguredCatalog.of(read(environment));
    }

    private static CatalogProperties read(Environment environment) {
        List<ConfigurationPropertySource> source = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(each -> each.containsDescendantOf(NAME) == ConfigurationPropertyState.PRESENT)
                .limit(1)
                .toList();
        return new Binder(
                        source,
                        new PropertySourcesPlaceholdersResolver(environment),
                        ApplicationConversionService.getSharedInstance())
                .bind(NAME, Bindable.of(CatalogProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .orElseGet(() -> new CatalogProperties(List.of()));
    }
}
