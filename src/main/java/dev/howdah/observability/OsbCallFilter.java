package dev.howdah.observability;

import dev.howdah.catalog.Catalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Times each request to the API by operation, plan and status, and puts the ids it is about on every line of the log. Outside
 * the security chain, so that refused logins are counted too.
 */
final class OsbCallFilter extends OncePerRequestFilter {
    /** Request attribute that the API sets once it has found the plan in the catalog. */
    private static final String PLAN_ATTRIBUTE = "howdah.plan";

    private static final String SAMPLE_ATTRIBUTE = OsbCallFilter.class.getName();
    private static final int LONGEST_ID = 100;

    private final MeterRegistry meters;
    private final Catalog catalog;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    private record Series(OsbCall.Operation operation, String plan, int status) {}

    OsbCallFilter(MeterRegistry meters, Catalog catalog) {
        this.meters = meters;
        this.catalog = catalog;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<OsbCall> call = OsbCall.of(request.getMethod(), request.getRequestURI());
        if (call.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (request.getAttribute(SAMPLE_ATTRIBUTE) == null) {
            request.setAttribute(SAMPLE_ATTRIBUTE, Timer.start(meters));
        }
        try (MDC.MDCCloseable instance = named("instance_id", call.get().instance());
                MDC.MDCCloseable binding = named("binding_id", call.get().binding())) {
            chain.doFilter(request, response);
        } finally {
            // An asynchronous answer comes through here again, when it is written.
            if (!isAsyncStarted(request)) {
                stop(request, response.getStatus(), call.get());
            }
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private void stop(HttpServletRequest request, int status, OsbCall call) {
        if (request.getAttribute(SAMPLE_ATTRIBUTE) instanceof Timer.Sample sample) {
            sample.stop(timers.computeIfAbsent(new Series(call.operation(), plan(request), status), this::timer));
        }
    }

    private Timer timer(Series series) {
        return Timer.builder("howdah.osb.requests")
                .description("Requests to the Open Service Broker API")
                .tag("operation", series.operation().tag())
                .tag("plan", series.plan())
                .tag("status", Integer.toString(series.status()))
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60))
                .register(meters);
    }

    /** Only names that the catalog has, so that nobody can make up series. */
    private String plan(HttpServletRequest request) {
        if (request.getAttribute(PLAN_ATTRIBUTE) instanceof String plan) {
            return plan;
        }
        String id = request.getQueryString() == null || request.getMethod().equals("PUT") ? null : planId(request);
        return id == null
                ? "none"
                : catalog.offerings().stream()
                        .flatMap(offering -> offering.planById(id).stream())
                        .map(plan -> plan.name())
                        .findFirst()
                        .orElse("none");
    }

    /** The answer is written already: a query that cannot be read must not begin another one. */
    private static @Nullable String planId(HttpServletRequest request) {
        try {
            return request.getParameter("plan_id");
        } catch (IllegalStateException unreadable) {
            return null;
        }
    }

    private static MDC.@Nullable MDCCloseable named(String key, @Nullable String id) {
        return id == null ? null : MDC.putCloseable(key, id.substring(0, Math.min(id.length(), LONGEST_ID)));
    }
}
