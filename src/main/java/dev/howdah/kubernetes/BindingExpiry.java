package dev.howdah.kubernetes;

import dev.howdah.crd.PostgresBinding;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * How many bindings should have been rotated by now: those past their {@code renew_before} that have not expired yet. The
 * metric is {@code howdah.bindings.renewal.due}.
 */
final class BindingExpiry implements MeterBinder {
    private final Supplier<List<PostgresBinding>> bindings;
    private final Clock clock;

    /** @param bindings what is known of them without asking the API server */
    BindingExpiry(Supplier<List<PostgresBinding>> bindings, Clock clock) {
        this.bindings = bindings;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("howdah.bindings.renewal.due", this, BindingExpiry::renewalDue)
                .description("Bindings whose credentials expire soon and should be rotated")
                .register(registry);
    }

    long renewalDue() {
        Instant now = clock.instant();
        return bindings.get().stream().filter(binding -> isDue(binding, now)).count();
    }

    private static boolean isDue(PostgresBinding binding, Instant now) {
        Instant expiresAt = BindingView.expiresAt(binding);
        if (expiresAt == null || !now.isBefore(expiresAt)) {
            return false;
        }
        return !now.isBefore(BindingView.renewBefore(BindingView.createdAt(binding), expiresAt));
    }
}
