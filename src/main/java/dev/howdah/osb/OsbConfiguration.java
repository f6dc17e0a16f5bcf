package dev.howdah.osb;

import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.ServiceInstances;
import dev.howdah.catalog.Catalog;
import java.time.Clock;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.servicebroker.controller.CatalogController;
import org.springframework.cloud.servicebroker.service.CatalogService;
import org.springframework.cloud.servicebroker.service.ServiceInstanceBindingService;
import org.springframework.cloud.servicebroker.service.ServiceInstanceService;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** The library's controllers as beans, which its own auto-configuration cannot make on Spring Boot 4, and what is around. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiProperties.class, ShutdownSettings.class})
@Import({
    InstanceController.class,
    BindingController.class,
    ContainerErrors.class,
    ErrorAdvice.class,
    RetryAfterAdvice.class
})
class OsbConfiguration {
    @Bean
    PublishedCatalog catalogService(Catalog catalog, Clock clock) {
        return new PublishedCatalog(catalog, clock);
    }

    @Bean
    RequestedPlans requestedPlans(Catalog catalog) {
        return new RequestedPlans(catalog);
    }

    /** Once requests are answered, and beside them. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> preparation(RequestedPlans plans) {
        return ready -> Thread.ofVirtual().name("preparation").start(plans::prepare);
    }

    /** {@code howdah.rehearsal=user:password}, for the making of an image. */
    @Bean
    Rehearsal rehearsal(Environment environment) {
        return new Rehearsal(environment.getProperty("howdah.rehearsal", ""));
    }

    @Bean
    ServiceInstanceService serviceInstanceService(ServiceInstances instances, RequestedPlans plans) {
        return new InstanceEndpoints(instances, plans);
    }

    @Bean
    ServiceInstanceBindingService serviceInstanceBindingService(
            ServiceBindings bindings, ServiceInstances instances, RequestedPlans plans) {
        return new BindingEndpoints(bindings, instances, plans);
    }

    /** Between the mark of a recent login and the security chain. */
    @Bean
    FilterRegistrationBean<QuickCatalog> quickCatalog(PublishedCatalog catalog) {
        FilterRegistrationBean<QuickCatalog> registration = new FilterRegistrationBean<>(new QuickCatalog(catalog));
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
        return registration;
    }

    @Bean
    CatalogController catalogController(CatalogService catalog) {
        return new CatalogController(catalog);
    }

    /** Before the security chain, for even a 401 carries the identity of its request. */
    @Bean
    FilterRegistrationBean<RequestIdentityFilter> requestIdentityFilter() {
        FilterRegistrationBean<RequestIdentityFilter> registration =
                new FilterRegistrationBean<>(new RequestIdentityFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    Drain drain(ShutdownSettings settings) {
        return new Drain(settings.drain());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> drainableConnections(Drain drain) {
        return factory -> {
            factory.setProtocol(DrainableHttp.class.getName());
            factory.addConnectorCustomizers(connector -> drain.add(connector.getProtocolHandler()));
        };
    }

    /** Before the security chain, for those that are refused keep their connections too. */
    @Bean
    FilterRegistrationBean<Drain> drainFilter(Drain drain) {
        FilterRegistrationBean<Drain> registration = new FilterRegistrationBean<>(drain);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** After the security chain: a stranger learns nothing of what is supported. */
    @Bean
    FilterRegistrationBean<ApiHeadersFilter> apiHeadersFilter(ApiProperties properties) {
        FilterRegistrationBean<ApiHeadersFilter> registration =
                new FilterRegistrationBean<>(new ApiHeadersFilter(properties.missingVersionIs412()));
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
        return registration;
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, rejected) -> ErrorWriter.write(response, ErrorTranslation.translate(rejected));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatErrors() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(TomcatErrors.class.getName());
                host.getPipeline().addValve(new TomcatErrors());
            }
        });
    }
}
