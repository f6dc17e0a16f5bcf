package dev.howdah.kubernetes;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many instances, bindings and operations there are, from what the watches have seen. Every replica says the same, so a
 * sum over replicas counts everything twice. There is a series for each plan of the catalog and each phase, and no other:
 * a plan that a person made up counts as {@value #OTHER}.
 */
final class ResourceCounts implements MeterBinder {
    static final String OTHER = "other";

    private final Supplier<List<PostgresInstance>> instances;
    private final Supplier<List<PostgresBinding>> bindings;
    private final Set<String> plans;
    private final Duration stuckAfter;
    private final Clock clock;

    ResourceCounts(
            Supplier<List<PostgresInstance>> instances,
            Supplier<List<PostgresBinding>> bindings,
            Set<String> plans,
            Duration stuckAfter,
            Clock clock) {
        this.instances = instances;
        this.bindings = bindings;
        this.plans = new TreeSet<>(plans);
        this.stuckAfter = stuckAfter;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.concat(plans.stream(), Stream.of(OTHER)).forEach(plan -> {
            for (PostgresInstanceStatus.Phase phase : PostgresInstanceStatus.Phase.values()) {
                Gauge.builder("howdah.instances", () -> countInstances(plan, phase))
                        .tag("plan", plan)
                        .tag("phase", phase.name())
                        .description("Instances by plan and phase; the same on every replica")
                        .register(registry);
            }
        });
        for (PostgresBindingStatus.Phase phase : PostgresBindingStatus.Phase.values()) {
            Gauge.builder("howdah.bindings", () -> countBindings(phase))
                    .tag("phase", phase.name())
                    .description("Bindings by phase; the same on every replica")
                    .register(registry);
        }
        for (Operation.Type type : Operation.Type.values()) {
            Gauge.builder("howdah.operations.running", () -> countOperations(type, Duration.ZERO))
                    .tag("type", type.name())
                    .description("Operations in progress; the same on every replica")
                    .register(registry);
            Gauge.builder("howdah.operations.stuck", () -> countOperations(type, stuckAfter))
                    .tag("type", type.name())
                    .description("Operations in progress for longer than howdah.observability.stuck-after")
                    .register(registry);
        }
    }

    private long countInstances(String plan, PostgresInstanceStatus.Phase phase) {
        return instances.get().stream()
                .filter(instance -> plan.equals(planOf(instance)))
                .filter(instance -> phase
                        == Optional.ofNullable(instance.getStatus())
                                .map(PostgresInstanceStatus::phase)
                                .orElse(PostgresInstanceStatus.Phase.Pending))
                .count();
    }

    private String planOf(PostgresInstance instance) {
        String plan = instance.getSpec().plan();
        return plan != null && plans.contains(plan) ? plan : OTHER;
    }

    private long countBindings(PostgresBindingStatus.Phase phase) {
        return bindings.get().stream()
                .filter(binding -> phase
                        == Optional.ofNullable(binding.getStatus())
                                .map(PostgresBindingStatus::phase)
                                .orElse(PostgresBindingStatus.Phase.Pending))
                .count();
    }

    private long countOperations(Operation.Type type, Duration longerThan) {
        Instant before = clock.instant().minus(longerThan);
        return operations()
                .filter(operation -> operation.type() == type && operation.state() == Operation.State.InProgress)
                .filter(operation -> startedBy(operation.startedAt(), before))
                .count();
    }

    private Stream<Operation> operations() {
        return Stream.concat(
                instances.get().stream()
                        .flatMap(instance -> Stream.ofNullable(instance.getStatus()))
                        .flatMap(status -> Stream.ofNullable(status.operation())),
                bindings.get().stream()
                        .flatMap(binding -> Stream.ofNullable(binding.getStatus()))
                        .flatMap(status -> Stream.ofNullable(status.operation())));
    }

    private static boolean startedBy(@Nullable String startedAt, Instant instant) {
        return startedAt != null && !Instant.parse(startedAt).isAfter(instant);
    }
}
