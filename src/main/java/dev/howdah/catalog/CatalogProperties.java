package dev.howdah.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The catalog as an operator writes it. An empty text stands for a missing one; {@link CatalogRules} tells them what is
 * missing or wrong before anything else looks at it.
 *
 * @param image of every plan that names none; {@code {version}} stands for the major version
 */
@ConfigurationProperties(value = "howdah.catalog", ignoreUnknownFields = false)
record CatalogProperties(
        @Nullable String image, @DefaultValue List<Offering> offerings) {

    CatalogProperties withImage(@Nullable String image) {
        return new CatalogProperties(image, offerings);
    }

    /**
     * A service offering (OSB, Service Offering Object).
     *
     * @param id lower-case UUID; never change it once the catalog was published
     * @param retired no longer offered, instances are still served
     */
    record Offering(
            @DefaultValue("") String id,
            @DefaultValue("") String name,
            @DefaultValue("") String description,
            @DefaultValue List<String> tags,
            @DefaultValue("true") boolean bindable,
            @DefaultValue("true") boolean planUpdateable,
            @DefaultValue Metadata metadata,
            @DefaultValue List<Plan> plans,
            @DefaultValue("false") boolean retired) {}

    /** A plan; see {@link ServicePlan} for what the values mean. */
    record Plan(
            @DefaultValue("") String id,
            @DefaultValue("") String name,
            @DefaultValue("") String description,
            @DefaultValue("true") boolean free,
            @Nullable Boolean bindable,
            @Nullable Boolean planUpdateable,
            @DefaultValue("true") boolean bindingRotatable,
            @DefaultValue("true") boolean asyncOnly,
            @DefaultValue Server server,
            @Nullable String maintenanceVersion,
            @Nullable String maintenanceDescription,
            @DefaultValue("10m") Duration maximumPollingDuration,
            @Nullable Duration bindingExpiresAfter,
            @Nullable List<String> updatesTo,
            @DefaultValue List<String> extensions,
            @DefaultValue Metadata metadata,
            @DefaultValue("false") boolean retired) {}

    /** Sizes; see {@link ServicePlan.ServerSize} for what the values mean. */
    record Server(
            @DefaultValue("") String cpu,
            @Nullable String cpuLimit,
            @DefaultValue("") String memory,
            @DefaultValue("") String storage,
            @Nullable String maxStorage,
            @Nullable String storageClassName,
            @DefaultValue("0") int connections,
            @DefaultValue List<String> versions,
            @Nullable String image,
            @Nullable Map<String, Object> scheduling,
            @Nullable String exposure,
            @DefaultValue("false") boolean retained) {}

    /**
     * What a marketplace shows (OSB profile, Service Metadata).
     *
     * @param imageUrl an address, or a data URL
     * @param bullets what a plan offers, one line each
     */
    record Metadata(
            @Nullable String displayName,
            @Nullable String longDescription,
            @Nullable String imageUrl,
            @Nullable String providerDisplayName,
            @Nullable String documentationUrl,
            @Nullable String supportUrl,
            @Nullable List<String> bullets,
            @Nullable List<Cost> costs) {}

    /** @param amount per currency, as in {@code usd: 99.0} */
    record Cost(
            @DefaultValue Map<String, BigDecimal> amount,
            @DefaultValue("") String unit) {}
}
