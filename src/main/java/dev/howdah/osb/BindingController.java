package dev.howdah.osb;

import org.springframework.cloud.servicebroker.annotation.ServiceBrokerRestController;
import org.springframework.cloud.servicebroker.controller.ServiceInstanceBindingController;
import org.springframework.cloud.servicebroker.model.Context;
import org.springframework.cloud.servicebroker.model.catalog.Plan;
import org.springframework.cloud.servicebroker.model.catalog.ServiceDefinition;
import org.springframework.cloud.servicebroker.service.CatalogService;
import org.springframework.cloud.servicebroker.service.ServiceInstanceBindingService;
import reactor.core.publisher.Mono;

/** The library's controller; whether the catalog has what a request names is left to {@link BindingEndpoints}. */
@ServiceBrokerRestController
final class BindingController extends ServiceInstanceBindingController {
    BindingController(CatalogService catalog, ServiceInstanceBindingService bindings) {
        super(catalog, bindings);
    }

    @Override
    protected Mono<ServiceDefinition> getRequiredServiceDefinition(String serviceId) {
        return Unchecked.DEFINITION;
    }

    @Override
    protected Mono<Plan> getRequiredServiceDefinitionPlan(ServiceDefinition definition, String planId) {
        return Unchecked.PLAN;
    }

    @Override
    protected Context parseOriginatingIdentity(String header) {
        return Unchecked.IDENTITY;
    }
}
