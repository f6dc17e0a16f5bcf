package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindingStatusesTest {
    private static final Instant DELETED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aDeletionThatWaitsForItsServerIsInProgressAsLongAsThePlanAllows() {
        PostgresInstance instance = new PostgresInstance();
        instance.setSpec(new PostgresInstanceSpec(null, "free", null, null, null, null, 300, null, null));

        assertThat(deletion(instance, 299).state()).isEqualTo(Operation.State.InProgress);
        assertThat(deletion(instance, 299).description()).isEqualTo("the server does not answer");
        assertThat(deletion(instance, 300).state()).isEqualTo(Operation.State.Failed);
    }

    @Test
    void aDeletionWithoutAnInstanceIsInProgressAsLongAsAnyOther() {
        assertThat(deletion(null, 599).state()).isEqualTo(Operation.State.InProgress);
        assertThat(deletion(null, 600).state()).isEqualTo(Operation.State.Failed);
    }

    /** Troubles are written too; but the first status has the deadline, and only the instance knows it. */
    @Test
    void theFirstStatusOfAnOperationIsToldFromTheLaterOnes() {
        PostgresBinding binding = new PostgresBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withName("b")
                .withUid("uid")
                .withCreationTimestamp(DELETED.toString())
                .build());
        BindingFindings trouble = BindingFindings.waiting(Finding.bad("ApiUnavailable", "it is away"), Duration.ZERO);

        PostgresBindingStatus first = BindingStatuses.next(binding, null, trouble, DELETED);
        assertThat(BindingStatuses.begins(binding, first)).isTrue();

        binding.setStatus(first);
        assertThat(BindingStatuses.begins(binding, BindingStatuses.next(binding, null, trouble, DELETED)))
                .isFalse();
    }

    private static Operation deletion(@Nullable PostgresInstance instance, long seconds) {
        PostgresBinding binding = new PostgresBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withName("b")
                .withUid("uid")
                .withDeletionTimestamp(DELETED.toString())
                .build());
        PostgresBindingStatus status =
                BindingStatuses.deleting(binding, instance, "the server does not answer", DELETED.plusSeconds(seconds));
        return Objects.requireNonNull(status.operation());
    }
}
