package dev.howdah.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is on offer, and what was on offer and still has instances. */
public interface Catalog {
    /** Offerings in the order of configuration, retired ones included. */
    List<ServiceOffering> offerings();

    /** Also finds retired offerings. */
    default Optional<ServiceOffering> offeringById(String offeringId) {
        return offerings().stream()
                .filter(offering -> offering.id().equals(offeringId))
                .findFirst();
    }

    /** Also finds retired offerings. */
    default Optional<ServiceOffering> offeringByName(String offeringName) {
        return offerings().stream()
                .filter(offering -> offering.name().equals(offeringName))
                .findFirst();
    }

    /** Names of all plans, retired ones included. */
    default Set<String> planNames() {
        return offerings().stream()
                .flatMap(offering -> offering.plans().stream())
                .map(ServicePlan::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
