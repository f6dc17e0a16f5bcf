package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.TestClock;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MandateIT {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final TestClock clock = new TestClock();
    private final Mandate mandate = new Mandate(clock, LEASE);

    @Test
    void itHoldsForOneLeaseDurationAfterEachRenewalAndEndsWithARelease() {
        try (EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start()) {
            Lock lock = mandate.lock(EmbeddedKubernetes.NAMESPACE, "howdah", "me");
            assertThat(mandate.holds()).isFalse();

            lock.create(kubernetes.client(), heldBy("me"));
            assertThat(mandate.holds()).isTrue();

            clock.pass(LEASE);
            assertThat(mandate.holds()).isFalse();

            lock.get(kubernetes.client());
            lock.update(kubernetes.client(), heldBy("me"));
            assertThat(mandate.holds()).isTrue();

            lock.get(kubernetes.client());
            lock.update(kubernetes.client(), heldBy(null));
            assertThat(mandate.holds()).isFalse();
        }
    }

    @Test
    void workThatMayNotBeginIsGivenUpWithItsThread() {
        List<String> done = new ArrayList<>();

        Thread.currentThread().interrupt();
        mandate.run(() -> done.add("work"));

        assertThat(done).isEmpty();
    }

    private LeaderElectionRecord heldBy(@Nullable String holder) {
        ZonedDateTime time = clock.instant().atZone(ZoneOffset.UTC);
        return new LeaderElectionRecord(holder, LEASE, time, time, 0);
    }
}
