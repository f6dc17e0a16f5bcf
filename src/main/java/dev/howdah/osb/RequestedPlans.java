package dev.howdah.osb;

import dev.howdah.catalog.Catalog;
import dev.howdah.catalog.ParameterSchema;
import dev.howdah.catalog.PlanParameters;
import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what a request names in the catalog, retired plans included, and holds its parameters against the plan. */
final class RequestedPlans {
    /** Request attribute for the metrics: the name of a plan of the catalog. */
    private static final String PLAN_ATTRIBUTE = "howdah.plan";

    private final Catalog catalog;
    private final Map<String, PlanParameters> parametersByPlan = new ConcurrentHashMap<>();

    RequestedPlans(Catalog catalog) {
        this.catalog = catalog;
    }

    ServiceOffering offering(String serviceId) {
        return catalog.offeringById(serviceId)
                .orElseThrow(() -> OsbException.badRequest("service_id is not in the catalog."));
    }

    ServicePlan plan(ServiceOffering offering, String planId) {
        ServicePlan plan = offering.planById(planId)
                .orElseThrow(() -> OsbException.badRequest(
                        "plan_id is not a plan of the service offering %s.".formatted(offering.name())));
        Requests.note(PLAN_ATTRIBUTE, plan.name());
        return plan;
    }

    void checkCreate(ServicePlan plan, @Nullable Map<String, Object> parameters) {
        check(List.of(plan), PlanParameters::create, parameters);
    }

    /** @param plans the plan of the instance, or all that it may have if that is not known */
    void checkUpdate(Collection<ServicePlan> plans, @Nullable Map<String, Object> parameters) {
        check(plans, PlanParameters::update, parameters);
    }

    void checkBind(ServicePlan plan, @Nullable Map<String, Object> parameters) {
        check(List.of(plan), PlanParameters::bind, parameters);
    }

    private void check(
            Collection<ServicePlan> plans,
            Function<PlanParameters, ParameterSchema> kind,
            @Nullable Map<String, Object> parameters) {
        if (parameters == null) {
            return;
        }
        List<List<String>> problems = plans.stream()
                .map(plan -> kind.apply(of(plan)).problems(parameters))
                .toList();
        if (problems.stream().noneMatch(List::isEmpty)) {
            throw OsbException.badRequest(String.join("; ", problems.getFirst()) + ".");
        }
    }

    /** Reads the schemas of all plans, so that no request waits for that. */
    void prepare() {
        catalog.offerings().stream()
                .flatMap(offering -> offering.plans().stream())
                .map(this::of)
                .forEach(parameters -> {
                    parameters.create().prepare();
                    parameters.update().prepare();
                    parameters.bind().prepare();
                });
    }

    private PlanParameters of(ServicePlan plan) {
        return parametersByPlan.computeIfAbsent(plan.id(), id -> PlanParameters.of(plan));
    }
}
