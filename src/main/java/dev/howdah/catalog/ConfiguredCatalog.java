package dev.howdah.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalog out of configuration that has passed {@link CatalogRules}. */
record ConfiguredCatalog(List<ServiceOffering> offerings) implements Catalog {

    static ConfiguredCatalog of(CatalogProperties properties) {
        CatalogRules.requireValid(properties);
        return new ConfiguredCatalog(properties.offerings().stream()
                .map(offering -> offering(offering, properties.image()))
                .toList());
    }

    private static ServiceOffering offering(CatalogProperties.Offering offering, @Nullable String image) {
        return new ServiceOffering(
                offering.id(),
                offering.name(),
                offering.description(),
                offering.tags(),
                offering.bindable(),
                true,
                true,
                true,
                offering.planUpdateable(),
                metadata(offering.metadata()),
                offering.plans().stream()
                        .map(plan -> plan(offering, plan, image))
                        .toList(),
                offering.retired());
    }

    private static ServicePlan plan(
            CatalogProperties.Offering offering, CatalogProperties.Plan plan, @Nullable String image) {
        boolean bindable = orElse(plan.bindable(), offering.bindable());
        return new ServicePlan(
                plan.id(),
                plan.name(),
                plan.description(),
                plan.free(),
                bindable,
                orElse(plan.planUpdateable(), offering.planUpdateable()),
                bindable && plan.bindingRotatable(),
                plan.asyncOnly(),
                server(plan.server(), image),
                plan.maintenanceVersion(),
                plan.maintenanceDescription(),
                plan.maximumPollingDuration(),
                plan.bindingExpiresAfter(),
                plan.updatesTo(),
                plan.extensions(),
                metadata(plan.metadata()),
                plan.retired());
    }

    private static ServicePlan.ServerSize server(CatalogProperties.Server server, @Nullable String image) {
        Map<String, Object> scheduling = server.scheduling();
        return new ServicePlan.ServerSize(
                server.cpu(),
                server.cpuLimit(),
                server.memory(),
                server.storage(),
                server.maxStorage(),
                server.storageClassName(),
                server.connections(),
                server.versions(),
                server.image() == null ? image : server.image(),
                scheduling == null ? null : withLists(scheduling),
                server.exposure(),
                server.retained());
    }

    private static Map<String, Object> metadata(CatalogProperties.Metadata metadata) {
        Map<String, Object> blob = new LinkedHashMap<>();
        putIfPresent(blob, "displayName", metadata.displayName());
        putIfPresent(blob, "longDescription", metadata.longDescription());
        putIfPresent(blob, "imageUrl", metadata.imageUrl());
        putIfPresent(blob, "providerDisplayName", metadata.providerDisplayName());
        putIfPresent(blob, "documentationUrl", metadata.documentationUrl());
        putIfPresent(blob, "supportUrl", metadata.supportUrl());
        putIfPresent(blob, "bullets", metadata.bullets());
        List<CatalogProperties.Cost> costs = metadata.costs();
        if (costs != null) {
            blob.put("costs", costs.stream().map(ConfiguredCatalog::cost).toList());
        }
        return blob;
    }

    private static Map<String, Object> cost(CatalogProperties.Cost cost) {
        Map<String, Object> blob = new LinkedHashMap<>();
        blob.put("amount", new TreeMap<>(cost.amount()));
        blob.put("unit", cost.unit());
        return blob;
    }

    private static void putIfPresent(Map<String, Object> blob, String key, @Nullable Object value) {
        if (value != null) {
            blob.put(key, value);
        }
    }

    /** Spring binds a list below a free map as a map with the keys 0, 1, 2: makes it a list again. */
    private static Map<String, Object> withLists(Map<String, Object> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(key, value instanceof Map<?, ?> map ? listOrMap(map) : value));
        return copy;
    }

    private static Object listOrMap(Map<?, ?> map) {
        Map<String, Object> children = new LinkedHashMap<>();
        map.forEach((key, value) -> children.put(String.valueOf(key), value));
        Map<String, Object> converted = withLists(children);
        boolean numbered =
                !converted.isEmpty() && converted.keySet().stream().allMatch(key -> key.matches("[0-9]{1,4}"));
        return numbered ? List.copyOf(converted.values()) : converted;
    }

    private static boolean orElse(@Nullable Boolean value, boolean otherwise) {
        return value == null ? otherwise : value;
    }
}
