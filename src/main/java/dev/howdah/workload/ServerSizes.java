package dev.howdah.workload;

import dev.howdah.catalog.PostgresMemory;
import dev.howdah.crd.PostgresServerSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The sizes of a server as numbers.
 *
 * @param memoryBytes memory limit
 * @param cpus CPUs it may use, rounded up
 * @param diskBytes size of the volume
 * @param maxConnections connections for clients
 * @param walSegmentBytes size of one file of the write-ahead log
 */
record ServerSizes(long memoryBytes, int cpus, long diskBytes, int maxConnections, long walSegmentBytes) {

    static ServerSizes of(PostgresServerSpec spec) {
        String cpu = Optional.ofNullable(spec.resources().cpuLimit())
                .orElse(spec.resources().cpu());
        return new ServerSizes(
                amount("spec.resources.memory", spec.resources().memory()).longValue(),
                (int) Math.ceil(amount("spec.resources.cpu", cpu).doubleValue()),
                amount("spec.storage.size", spec.storage().size()).longValue(),
                spec.maxConnections(),
                InitdbArguments.walSegmentMib(spec) * PostgresMemory.MIB);
    }

    private static BigDecimal amount(String field, String quantity) {
        try {
            BigDecimal amount = Quantity.parse(quantity).getNumericalAmount();
            if (amount.signum() > 0) {
                return amount;
            }
        } catch (IllegalArgumentException _) {
            // falls through to the message that names the field
        }
        throw new IllegalArgumentException(
                field + ": '" + quantity + "' is not a positive quantity such as 1Gi or 500m");
    }
}
