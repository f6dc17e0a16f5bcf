package dev.howdah.osb;

import dev.howdah.catalog.Catalog;
import dev.howdah.catalog.ParameterSchema;
import dev.howdah.catalog.PlanParameters;
import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.catalog.MaintenanceInfo;
import org.springframework.cloud.servicebroker.model.catalog.MethodSchema;
import org.springframework.cloud.servicebroker.model.catalog.Plan;
import org.springframework.cloud.servicebroker.model.catalog.Schemas;
import org.springframework.cloud.servicebroker.model.catalog.ServiceBindingSchema;
import org.springframework.cloud.servicebroker.model.catalog.ServiceDefinition;
import org.springframework.cloud.servicebroker.model.catalog.ServiceInstanceSchema;
import org.springframework.cloud.servicebroker.service.CatalogService;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import reactor.core.publisher.Mono;

/** OSB, Catalog Management: what is on offer, without what is retired. It does not change while the process runs. */
final class PublishedCatalog implements CatalogService {
    private final WrittenCatalog published;
    private final String etag;
    private final Instant publishedAt;

    PublishedCatalog(Catalog catalog, Clock clock) {
        this.published = new WrittenCatalog(catalog.offerings().stream()
                .filter(offering -> !offering.retired())
                .filter(offering -> !offering.plans().stream().allMatch(ServicePlan::retired))
                .map(PublishedCatalog::definition)
                .toList());
        this.etag = '"' + DigestUtils.md5DigestAsHex(published.json()) + '"';
        this.publishedAt = clock.instant();
    }

    byte[] json() {
        return published.json();
    }

    String etag() {
        return etag;
    }

    Instant publishedAt() {
        return publishedAt;
    }

    @Override
    public Mono<org.springframework.cloud.servicebroker.model.catalog.Catalog> getCatalog() {
        return Mono.just(published);
    }

    /** Never asked: our controllers leave the ids to the services, which answer each wrong one as the API wants it. */
    @Override
    public Mono<ServiceDefinition> getServiceDefinition(String serviceId) {
        return Mono.empty();
    }

    @Override
    public Mono<ResponseEntity<org.springframework.cloud.servicebroker.model.catalog.Catalog>> getResponseEntityCatalog(
            HttpHeaders headers) {
        return Mono.just(ResponseEntity.ok()
                .eTag(etag)
                .lastModified(publishedAt)
                .cacheControl(CacheControl.noCache())
                .body(published));
    }

    private static ServiceDefinition definition(ServiceOffering offering) {
        return new ServiceDefinition(
                offering.id(),
                offering.name(),
                offering.description(),
                offering.bindable(),
                offering.planUpdateable(),
                offering.instancesRetrievable(),
                offering.bindingsRetrievable(),
                offering.allowContextUpdates(),
                offering.plans().stream()
                        .filter(plan -> !plan.retired())
                        .map(PublishedCatalog::plan)
                        .toList(),
                nullIfEmpty(offering.tags()),
                nullIfEmpty(offering.metadata()),
                null,
                null);
    }

    private static Plan plan(ServicePlan plan) {
        String version = plan.maintenanceVersion();
        return new RotatablePlan(
                plan.id(),
                plan.name(),
                plan.description(),
                nullIfEmpty(plan.metadata()),
                plan.free(),
                plan.bindable(),
                plan.planUpdateable(),
                schemas(plan),
                Math.toIntExact(plan.maximumPollingDuration().toSeconds()),
                version == null ? null : new MaintenanceInfo(version, plan.maintenanceDescription()),
                plan.bindingRotatable());
    }

    private static Schemas schemas(ServicePlan plan) {
        PlanParameters parameters = PlanParameters.of(plan);
        return new Schemas(
                new ServiceInstanceSchema(method(parameters.create()), method(parameters.update())),
                plan.bindable() ? new ServiceBindingSchema(method(parameters.bind())) : null);
    }

    private static MethodSchema method(ParameterSchema schema) {
        return new MethodSchema(schema.document());
    }

    private static <T> @Nullable List<T> nullIfEmpty(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    private static @Nullable Map<String, Object> nullIfEmpty(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }
}
