package dev.howdah.reconciler;

import dev.howdah.crd.Operation;
import dev.howdah.crd.Operation.State;
import dev.howdah.crd.Operation.Type;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.RequestedDeletion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long operations take, and where a provision spends its time. Only the leader sees one end, so each counts once. Their
 * beginnings are known to the second.
 */
final class OperationTimes {
    private static final String OTHER = "other";
    private static final Duration[] STEPS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30)
    };

    private final MeterRegistry meters;
    private final Set<String> plans;

    /** @param plans those of the catalog; any other name counts as {@value #OTHER} */
    OperationTimes(MeterRegistry meters, Set<String> plans) {
        this.meters = meters;
        this.plans = plans;
    }

    /** An instance's status becomes another one. */
    void changed(PostgresInstance instance, PostgresInstanceStatus next, Instant now) {
        PostgresInstanceStatus last = InstanceStatuses.of(instance);
        Operation operation = next.operation();
        ended(last.operation(), operation, plan(instance), now);
        if (operation != null && operation.type() == Type.Provision) {
            if (becameTrue(last, next, Conditions.SERVER_READY)) {
                phase("server", plan(instance), Instant.parse(operation.startedAt()), now);
            }
            if (becameTrue(last, next, Conditions.DATABASE_READY)) {
                Conditions.find(next.conditions(), Conditions.SERVER_READY)
                        .ifPresent(server ->
                                phase("database", plan(instance), Instant.parse(server.getLastTransitionTime()), now));
            }
        }
    }

    /** An operation of anything becomes another one. */
    void ended(@Nullable Operation last, @Nullable Operation next, String plan, Instant now) {
        boolean known = last != null && next != null && last.id().equals(next.id()) && last.state() == next.state();
        if (next != null && !known && next.state() != State.InProgress && next.startedAt() != null) {
            record(next.type(), plan, next.state().name(), Instant.parse(next.startedAt()), now);
        }
    }

    /** What was being deleted is gone, and its status with it. */
    void gone(PostgresInstance instance, Instant now) {
        gone(instance, Type.Deprovision, plan(instance), now);
    }

    void gone(HasMetadata resource, Type type, String plan, Instant now) {
        record(type, plan, State.Succeeded.name(), RequestedDeletion.instant(resource), now);
    }

    private void record(Type type, String plan, String outcome, Instant from, Instant to) {
        Timer.builder("howdah.operation.duration")
                .description("Operations from their beginning to their end")
                .tag("type", type.name())
                .tag("plan", plan)
                .tag("outcome", outcome)
                .serviceLevelObjectives(STEPS)
                .register(meters)
                .record(between(from, to));
    }

    private void phase(String phase, String plan, Instant from, Instant to) {
        Timer.builder("howdah.provision.phase")
                .description("Where a provision spends its time: until the server is ready, then until the database is")
                .tag("phase", phase)
                .tag("plan", plan)
                .serviceLevelObjectives(STEPS)
                .register(meters)
                .record(between(from, to));
    }

    private String plan(PostgresInstance instance) {
        return Optional.ofNullable(instance.getSpec().plan())
                .filter(plans::contains)
                .orElse(OTHER);
    }

    private static boolean becameTrue(PostgresInstanceStatus last, PostgresInstanceStatus next, String condition) {
        return !isTrue(last, condition) && isTrue(next, condition);
    }

    private static boolean isTrue(PostgresInstanceStatus status, String condition) {
        return Conditions.find(status.conditions(), condition)
                .filter(found -> "True".equals(found.getStatus()))
                .isPresent();
    }

    private static Duration between(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }
}
