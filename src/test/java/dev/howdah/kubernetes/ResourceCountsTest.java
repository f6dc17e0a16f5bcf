package dev.howdah.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresInstanceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResourceCountsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void instancesAreCountedByPlanAndPhaseAndUnknownPlansAsOther() {
        count(
                List.of(
                        instance("free", PostgresInstanceStatus.Phase.Ready, null),
                        instance("free", PostgresInstanceStatus.Phase.Ready, null),
                        instance("free", PostgresInstanceStatus.Phase.Failed, null),
                        instance("made-up", PostgresInstanceStatus.Phase.Ready, null),
                        instance("free", null, null)),
                List.of());

        assertThat(gauge("howdah.instances", "plan", "free", "phase", "Ready")).isEqualTo(2);
        assertThat(gauge("howdah.instances", "plan", "free", "phase", "Failed")).isOne();
        assertThat(gauge("howdah.instances", "plan", "free", "phase", "Pending"))
                .isOne();
        assertThat(gauge("howdah.instances", "plan", "other", "phase", "Ready")).isOne();
        assertThat(gauge("howdah.instances", "plan", "premium", "phase", "Ready"))
                .isZero();
    }

    @Test
    void operationsAreRunningAtOnceAndStuckLater() {
        count(
                List.of(
                        instance(
                                "free",
                                PostgresInstanceStatus.Phase.Provisioning,
                                operation(Operation.Type.Provision, Operation.State.InProgress, Duration.ofMinutes(4))),
                        instance(
                                "free",
                                PostgresInstanceStatus.Phase.Provisioning,
                                operation(Operation.Type.Provision, Operation.State.InProgress, Duration.ofMinutes(6))),
                        instance(
                                "free",
                                PostgresInstanceStatus.Phase.Ready,
                                operation(Operation.Type.Provision, Operation.State.Succeeded, Duration.ofHours(1)))),
                List.of(binding(operation(Operation.Type.Unbind, Operation.State.InProgress, Duration.ofHours(1)))));

        assertThat(gauge("howdah.operations.running", "type", "Provision")).isEqualTo(2);
        assertThat(gauge("howdah.operations.stuck", "type", "Provision")).isOne();
        assertThat(gauge("howdah.operations.stuck", "type", "Unbind")).isOne();
        assertThat(gauge("howdah.operations.running", "type", "Bind")).isZero();
        assertThat(gauge("howdah.bindings", "phase", "Deleting")).isOne();
    }

    private void count(List<PostgresInstance> instances, List<PostgresBinding> bindings) {
        new ResourceCounts(
                        () -> instances,
                        () -> bindings,
                        Set.of("free", "premium"),
                        Duration.ofMinutes(5),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .bindTo(meters);
    }

    private double gauge(String name, String... tags) {
        return meters.get(name).tags(tags).gauge().value();
    }

    private static Operation operation(Operation.Type type, Operation.State state, Duration ago) {
        return new Operation("id", type, state, null, NOW.minus(ago).toString(), null);
    }

    private static PostgresInstance instance(
            String plan, PostgresInstanceStatus.@Nullable Phase phase, @Nullable Operation operation) {
        PostgresInstance instance = new PostgresInstance();
        instance.setSpec(new PostgresInstanceSpec(null, plan, null, null, null, null, null, null, null));
        instance.setStatus(new PostgresInstanceStatus(phase, 1L, null, null, null, null, operation));
        return instance;
    }

    private static PostgresBinding binding(Operation operation) {
        PostgresBinding binding = new PostgresBinding();
        binding.setStatus(
                new PostgresBindingStatus(PostgresBindingStatus.Phase.Deleting, 1L, null, null, null, operation));
        return binding;
    }
}
