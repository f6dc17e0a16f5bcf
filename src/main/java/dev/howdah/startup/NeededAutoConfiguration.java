package dev.howdah.startup;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out what Spring Boot would look at and not use, or use in vain, before it is even read, which is a good part of a start:
 * tracing when there is no collector to send to, metrics of a Tomcat that keeps none, and endpoints of the actuator that are not
 * exposed. Whoever sets the one or exposes the other has it.
 */
public final class NeededAutoConfiguration implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";
    private static final String EXPOSED = "management.endpoints.web.exposure.include";
    private static final String MANAGED = "server.tomcat.mbeanregistry.enabled";
    private static final String BOOT = "org.springframework.boot.";

    private static final List<String> TRACING = List.of(
            BOOT + "micrometer.observation.",
            BOOT + "micrometer.tracing.",
            BOOT + "opentelemetry.",
            BOOT + "webmvc.autoconfigure.WebMvcObservation");

    /** Without the registry they are those of sessions, of which there are none, and bring up the whole of JMX. */
    private static final String TOMCAT_METRICS = BOOT + "tomcat.autoconfigure.metrics.";

    /** By the id of the endpoint, how its classes begin. */
    private static final Map<String, String> ENDPOINTS = Map.ofEntries(
            Map.entry("auditevents", BOOT + "actuate.autoconfigure.audit."),
            Map.entry("beans", BOOT + "actuate.autoconfigure.beans."),
            Map.entry("conditions", BOOT + "actuate.autoconfigure.condition."),
            Map.entry("configprops", BOOT + "actuate.autoconfigure.context.properties."),
            Map.entry("env", BOOT + "actuate.autoconfigure.env."),
            Map.entry("heapdump", BOOT + "actuate.autoconfigure.management.HeapDump"),
            Map.entry("httpexchanges", BOOT + "actuate.autoconfigure.web.exchanges."),
            Map.entry("logfile", BOOT + "actuate.autoconfigure.logging.LogFile"),
            Map.entry("loggers", BOOT + "actuate.autoconfigure.logging.Loggers"),
            Map.entry("mappings", BOOT + "actuate.autoconfigure.web.mappings."),
            Map.entry("metrics", BOOT + "micrometer.metrics.autoconfigure.MetricsEndpoint"),
            Map.entry("sbom", BOOT + "actuate.autoconfigure.sbom."),
            Map.entry("scheduledtasks", BOOT + "actuate.autoconfigure.scheduling."),
            Map.entry("shutdown", BOOT + "actuate.autoconfigure.context.Shutdown"),
            Map.entry("startup", BOOT + "actuate.autoconfigure.startup."),
            Map.entry("threaddump", BOOT + "actuate.autoconfigure.management.ThreadDump"));

    private boolean traces;
    private boolean managed;
    private Set<String> exposed = Set.of();

    @Override
    public void setEnvironment(Environment environment) {
        traces = environment.containsProperty(ENDPOINT);
        managed = environment.getProperty(MANAGED, Boolean.class, false);
        exposed = Binder.get(environment)
                .bind(EXPOSED, Bindable.setOf(String.class))
                .orElse(Set.of());
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] needed = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            needed[i] = name != null
                    && (traces || !isTracing(name))
                    && (managed || !name.startsWith(TOMCAT_METRICS))
                    && isExposed(name);
        }
        return needed;
    }

    private static boolean isTracing(String name) {
        return TRACING.stream().anyMatch(name::startsWith);
    }

    private boolean isExposed(String name) {
        return exposed.contains("*")
                || ENDPOINTS.entrySet().stream()
                        .filter(endpoint -> name.startsWith(endpoint.getValue()))
                        .allMatch(endpoint -> exposed.contains(endpoint.getKey()));
    }
}
