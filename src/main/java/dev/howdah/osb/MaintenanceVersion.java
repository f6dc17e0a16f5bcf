package dev.howdah.osb;

import dev.howdah.catalog.ServicePlan;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** OSB, Maintenance Info: a platform may only ask for the version that the catalog shows. */
final class MaintenanceVersion {
    private MaintenanceVersion() {}

    /** Null if the request has none; all other fields of maintenance_info are ignored. */
    static @Nullable String requested(JsonBody body) {
        JsonBody maintenanceInfo = body.body("maintenance_info");
        return maintenanceInfo == null ? null : maintenanceInfo.text("version");
    }

    /** @param plans the plan of the instance, or all that it may have if that is not known */
    static void requireCurrent(@Nullable String requested, Collection<ServicePlan> plans) {
        if (requested == null || plans.stream().anyMatch(plan -> requested.equals(plan.maintenanceVersion()))) {
            return;
        }
        String current = plans.stream()
                .map(ServicePlan::maintenanceVersion)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
        throw OsbException.maintenanceInfoConflict(
                current.isEmpty()
                        ? "This service plan has no maintenance_info; leave it out."
                        : "maintenance_info.version has to be %s, as in the catalog; read the catalog again."
                                .formatted(current));
    }
}
