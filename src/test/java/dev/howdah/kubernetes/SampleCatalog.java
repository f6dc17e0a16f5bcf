package dev.howdah.kubernetes;

import dev.howdah.catalog.Catalog;
import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An offering with plans of each kind. */
final class SampleCatalog {
    /** Asynchronous only, 1 to 5 GiB. */
    static final ServicePlan SMALL = plan("small", "1Gi", "5Gi", true, true, null);

    /** Asynchronous only, 2 to 10 GiB. */
    static final ServicePlan LARGE = plan("large", "2Gi", "10Gi", true, true, null);

    /** Answers synchronously too. */
    static final ServicePlan PROMPT = plan("prompt", "1Gi", null, false, true, Duration.ofDays(30));

    static final ServicePlan FIXED = plan("fixed", "1Gi", null, false, false, null);

    static final ServiceOffering OFFERING = offering("offering-id", List.of(SMALL, LARGE, PROMPT, FIXED));
    static final ServiceOffering OTHER = offering("other-offering-id", List.of());
    static final Catalog CATALOG = () -> List.of(OFFERING, OTHER);

    private SampleCatalog() {}

    private static ServiceOffering offering(String id, List<ServicePlan> plans) {
        return new ServiceOffering(
                id, "postgres-database", "PostgreSQL", List.of(), true, true, true, true, true, Map.of(), plans, false);
    }

    static ServicePlan plan(
            String name,
            String storage,
            @Nullable String maxStorage,
            boolean asyncOnly,
            boolean flexible,
            @Nullable Duration bindingExpiresAfter) {
        return new ServicePlan(
                name + "-id",
                name,
                name,
                false,
                true,
                flexible,
                flexible,
                asyncOnly,
                new ServicePlan.ServerSize(
                        "250m",
                        null,
                        "256Mi",
                        storage,
                        maxStorage,
                        null,
                        20,
                        List.of("17", "18"),
                        null,
                        null,
                        null,
                        false),
                "1.0.0",
                null,
                Duration.ofMinutes(10),
                bindingExpiresAfter,
                null,
                List.of(),
                Map.of(),
                false);
    }
}
