package dev.howdah.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindingExpiryTest {
    private static final String CREATED = "2026-01-01T00:00:00Z";
    private static final String EXPIRES = "2026-01-11T00:00:00Z";

    @Test
    void bindingsPastTheirRenewalAndNotYetExpiredAreCounted() {
        assertThat(dueAt("2026-01-08T23:00:00Z", EXPIRES)).isZero();
        assertThat(dueAt("2026-01-09T01:00:00Z", EXPIRES)).isEqualTo(1);
        assertThat(dueAt("2026-01-11T00:00:00Z", EXPIRES)).isZero();
        assertThat(dueAt("2026-01-09T01:00:00Z", null)).isZero();
    }

    private static double dueAt(String now, @Nullable String expiresAt) {
        PostgresBinding binding = new PostgresBinding();
        binding.setMetadata(
                new ObjectMetaBuilder().withCreationTimestamp(CREATED).build());
        binding.setSpec(new PostgresBindingSpec("i", null, null, null, null, expiresAt, null, null, null));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new BindingExpiry(() -> List.of(binding), Clock.fixed(Instant.parse(now), ZoneOffset.UTC)).bindTo(registry);
        return registry.get("howdah.bindings.renewal.due").gauge().value();
    }
}
