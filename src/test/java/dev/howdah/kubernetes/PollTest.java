package dev.howdah.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.broker.LastOperation;
import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresInstanceStatus.Phase;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a poll answers for each state that a resource can be in. */
class PollTest {
    @Test
    void anAbsentResourceSucceededToBeDeletedWhileThatIsRemembered() {
        assertThat(AbsentOperation.of(true, null)).isInstanceOf(LastOperation.Succeeded.class);
        assertThat(AbsentOperation.of(true, "deprovision-1")).isInstanceOf(LastOperation.Succeeded.class);
        assertThat(AbsentOperation.of(true, "unbind-1")).isInstanceOf(LastOperation.Succeeded.class);
        assertThat(AbsentOperation.of(true, "anything")).isInstanceOf(LastOperation.Succeeded.class);
    }

    @Test
    void aForgottenDeletionIsGoneAndAnythingElseNotFound() {
        assertThat(AbsentOperation.of(false, "deprovision-1")).isInstanceOf(LastOperation.Gone.class);
        assertThat(AbsentOperation.of(false, "unbind-1")).isInstanceOf(LastOperation.Gone.class);
        assertThat(AbsentOperation.of(false, null)).isInstanceOf(LastOperation.NotFound.class);
        assertThat(AbsentOperation.of(false, "provision-1")).isInstanceOf(LastOperation.NotFound.class);
    }

    @Test
    void whatWasDeletedWhileItWasMadeDidNotSucceedToBeMade() {
        assertThat(AbsentOperation.of(true, "provision-1")).isInstanceOf(LastOperation.NotFound.class);
        assertThat(AbsentOperation.of(true, "bind-1")).isInstanceOf(LastOperation.NotFound.class);
    }

    @Test
    void anInstanceNobodyHasLookedAtYetIsInProgress() {
        assertThat(poll(instance(1, null)))
                .isEqualTo(new LastOperation.InProgress("The database is being made", Duration.ofSeconds(2)));
    }

    @Test
    void anInstanceSaysWhatItWaitsForAndForHowLong() {
        var volume =
                status(Phase.Provisioning, 1, null, condition("ServerReady", "False", "VolumeNotAttached", "volume"));
        var image = status(Phase.Provisioning, 1, null, condition("ServerReady", "False", "ImagePullFailed", "image"));
        var nearly = status(
                Phase.Provisioning,
                1,
                null,
                condition("ServerReady", "True", "Ready", ""),
                condition("DatabaseReady", "False", "Creating", "roles"));

        assertThat(poll(instance(1, volume))).isEqualTo(new LastOperation.InProgress("volume", Duration.ofSeconds(5)));
        assertThat(poll(instance(1, image))).isEqualTo(new LastOperation.InProgress("image", Duration.ofSeconds(20)));
        assertThat(poll(instance(1, nearly))).isEqualTo(new LastOperation.InProgress("roles", Duration.ofSeconds(1)));
    }

    @Test
    void aSpecThatNobodyHasLookedAtYetIsAnUpdateInProgress() {
        var seen = status(Phase.Ready, 1, null, condition("Ready", "True", "Ready", ""));

        assertThat(InstanceStage.of(instance(1, seen))).isEqualTo(InstanceStage.READY);
        assertThat(InstanceStage.of(instance(2, seen))).isEqualTo(InstanceStage.UPDATING);
    }

    @Test
    void aFailedUpdateSaysWhetherTheInstanceStillWorks() {
        var failed = status(
                Phase.Failed,
                2,
                operation("update-2", Operation.Type.Update, Operation.State.Failed, "no node fits"),
                condition("Ready", "True", "Ready", ""));

        assertThat(poll(instance(2, failed))).isEqualTo(new LastOperation.Failed("no node fits", true, true));
        assertThat(InstanceStage.of(instance(3, failed))).isEqualTo(InstanceStage.UPDATING);
    }

    @Test
    void aFailedProvisioningSaysNothingAboutUpdates() {
        var failed = status(
                Phase.Failed,
                1,
                operation("provision-uid", Operation.Type.Provision, Operation.State.Failed, "no image"),
                condition("Ready", "False", "ImagePullFailed", ""));

        assertThat(poll(instance(1, failed))).isEqualTo(new LastOperation.Failed("no image", null, null));
    }

    @Test
    void aFailedDeletionSaysThatTheInstanceIsOfNoUse() {
        var failed = status(
                Phase.Deleting,
                1,
                operation("deprovision-uid", Operation.Type.Deprovision, Operation.State.Failed, "volume is stuck"));
        PostgresInstance instance = instance(1, failed);
        instance.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(poll(instance)).isEqualTo(new LastOperation.Failed("volume is stuck", false, null));
    }

    @Test
    void theDeletionOfAnInstanceThatHadTheIdBeforeHasSucceeded() {
        PostgresInstance second = instance(1, null);

        assertThat(InstanceOperation.of(second, "deprovision-other")).isInstanceOf(LastOperation.Succeeded.class);
        assertThat(InstanceOperation.of(second, "nonsense")).isInstanceOf(LastOperation.InProgress.class);
    }

    @Test
    void aPlatformIsToldWhatWentWrongSinceTheOperation() {
        var full = status(
                Phase.Ready,
                1,
                null,
                condition("Ready", "True", "Ready", ""),
                condition("DiskSpace", "False", "AlmostFull", "ask for more storage"));
        var down = status(Phase.Ready, 1, null, condition("Ready", "False", "DiskFull", "the volume is full"));

        assertThat(poll(instance(1, full)))
                .isEqualTo(new LastOperation.Succeeded("The database is ready; but ask for more storage"));
        assertThat(poll(instance(1, down)))
                .isEqualTo(new LastOperation.Succeeded(
                        "The operation is done; now the database does not work: the volume is full"));
    }

    private static LastOperation poll(PostgresInstance instance) {
        return InstanceOperation.of(instance, null);
    }

    private static PostgresInstance instance(long generation, @Nullable PostgresInstanceStatus status) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName("pg-1")
                .withUid("uid")
                .withGeneration(generation)
                .build());
        instance.setSpec(new PostgresInstanceSpec(null, "small", null, null, null, null, null, null, null));
        instance.setStatus(status);
        return instance;
    }

    private static PostgresInstanceStatus status(
            Phase phase, long observed, @Nullable Operation operation, Condition... conditions) {
        return new PostgresInstanceStatus(phase, observed, List.of(conditions), null, null, null, operation);
    }

    private static Operation operation(String id, Operation.Type type, Operation.State state, String description) {
        return new Operation(id, type, state, description, null, null);
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .build();
    }
}
