package dev.howdah.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service offering (OSB, Service Offering Object). */
public record ServiceOffering(
        String id,
        String name,
        String description,
        List<String> tags,
        boolean bindable,
        boolean instancesRetrievable,
        boolean bindingsRetrievable,
        boolean allowContextUpdates,
        boolean planUpdateable,
        Map<String, Object> metadata,
        List<ServicePlan> plans,
        boolean retired) {

    /** Also finds retired plans. */
    public Optional<ServicePlan> planById(String planId) {
        return plans.stream().filter(plan -> plan.id().equals(planId)).findFirst();
    }

    /** Also finds retired plans. */
    public Optional<ServicePlan> planByName(String planName) {
        return plans.stream().filter(plan -> plan.name().equals(planName)).findFirst();
    }
}
