package dev.howdah.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.catalog.ServicePlan.ServerSize;
import dev.howdah.crd.PostgresServerSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan's sizes in the words of a PostgresServer. */
final class Sizes {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Sizes() {}

    static PostgresServerSpec.Resources resources(ServicePlan plan) {
        ServerSize size = plan.server();
        return new PostgresServerSpec.Resources(size.cpu(), size.cpuLimit(), size.memory());
    }

    static PostgresServerSpec.@Nullable Scheduling scheduling(ServicePlan plan) {
        Map<String, Object> scheduling = plan.server().scheduling();
        return scheduling == null || scheduling.isEmpty()
                ? null
                : MAPPER.convertValue(scheduling, PostgresServerSpec.Scheduling.class);
    }

    /** How clients reach a server of this plan; empty means as everywhere. */
    static Optional<PostgresServerSpec.Exposure> exposure(ServicePlan plan) {
        return Optional.ofNullable(plan.server().exposure()).map(PostgresServerSpec.Exposure::valueOf);
    }

    /** The largest volume that the plan allows. */
    static String mostStorage(ServicePlan plan) {
        String most = plan.server().maxStorage();
        return most == null ? plan.server().storage() : most;
    }

    /** The largest, as it was written. */
    static String largest(String first, @Nullable String second) {
        return second == null || compare(first, second) >= 0 ? first : second;
    }

    static int compare(String left, String right) {
        return bytes(left).compareTo(bytes(right));
    }

    private static BigDecimal bytes(String quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity));
    }
}
