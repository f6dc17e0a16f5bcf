package dev.howdah.catalog;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogProperties.class)
class CatalogConfiguration {
    @Bean
    Catalog catalog(CatalogProperties properties) {
        return ConfiguredCatalog.of(properties);
    }
}
