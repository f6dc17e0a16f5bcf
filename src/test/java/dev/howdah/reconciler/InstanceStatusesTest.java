package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.Operation;
import dev.howdah.crd.Operation.State;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresInstanceStatus.Phase;
import dev.howdah.crd.RequestedDeletion;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InstanceStatusesTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Finding GOOD = Finding.good("Ready", "it works");
    private static final Finding PULL = Finding.bad("ImagePullFailed", "image cannot be pulled: x");

    @Test
    void aNewInstanceIsProvisioningUntilItsDeadline() {
        PostgresInstance instance = instance(1);

        PostgresInstanceStatus status = InstanceStatuses.next(instance, found(PULL), CREATED.plusSeconds(5));

        assertThat(status.phase()).isEqualTo(Phase.Provisioning);
        assertThat(operation(status))
                .isEqualTo(new Operation(
                        "provision-uid",
                        Operation.Type.Provision,
                        State.InProgress,
                        PULL.message(),
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T00:01:40Z"));
    }

    @Test
    void pastTheDeadlineItHasFailedForTheVeryReason() {
        PostgresInstanceStatus status = InstanceStatuses.next(instance(1), found(PULL), CREATED.plusSeconds(100));

        assertThat(status.phase()).isEqualTo(Phase.Failed);
        assertThat(operation(status).state()).isEqualTo(State.Failed);
        assertThat(operation(status).description()).isEqualTo(PULL.message());
    }

    @Test
    void afterAFailureItBecomesReadyWhenThingsDo() {
        PostgresInstance instance = instance(1);
        step(instance, found(PULL), CREATED.plusSeconds(100));

        step(instance, found(GOOD), CREATED.plusSeconds(200));

        assertThat(instance.getStatus().phase()).isEqualTo(Phase.Ready);
        assertThat(operation(instance.getStatus()).state()).isEqualTo(State.Succeeded);
    }

    @Test
    void aChangeThatCannotBeHasFailedBeforeItsDeadlineAndStaysFailed() {
        PostgresInstance instance = instance(1);
        step(instance, found(GOOD), CREATED);
        instance.getMetadata().setGeneration(2L);
        Finding refused = Finding.bad("SettingRefused", "PostgreSQL refuses a setting");
        Finding takenBack = Finding.bad("ChangeRevoked", "PostgreSQL refuses a setting; the change was taken back");

        step(instance, new InstanceFindings(GOOD, GOOD, refused, "server", "db", null, null, Duration.ZERO), CREATED);
        step(instance, new InstanceFindings(GOOD, GOOD, takenBack, "server", "db", null, null, Duration.ZERO), CREATED);

        assertThat(instance.getStatus().phase()).isEqualTo(Phase.Failed);
        assertThat(operation(instance.getStatus()).id()).isEqualTo("update-2");
        assertThat(operation(instance.getStatus()).description()).isEqualTo(takenBack.message());
    }

    @Test
    void aSpecThatIsCompletedWhileItIsMadeIsPartOfMakingIt() {
        PostgresInstance instance = instance(1);
        step(instance, found(PULL), CREATED);
        instance.getMetadata().setGeneration(2L);

        step(instance, found(GOOD), CREATED.plusSeconds(1));

        assertThat(operation(instance.getStatus()).id()).isEqualTo("provision-uid");
        assertThat(instance.getStatus().observedGeneration()).isEqualTo(2);
    }

    @Test
    void aChangedSpecIsAnUpdateWithItsOwnDeadline() {
        PostgresInstance instance = ready();
        instance.getMetadata().setGeneration(2L);

        step(instance, found(Finding.bad("Restarting", "it restarts")), CREATED.plusSeconds(500));

        assertThat(instance.getStatus().phase()).isEqualTo(Phase.Updating);
        assertThat(operation(instance.getStatus()).id()).isEqualTo("update-2");
        assertThat(operation(instance.getStatus()).deadline()).isEqualTo("2026-01-01T00:10:00Z");
    }

    @Test
    void aReadyInstanceStaysReadyWhenItsServerFails() {
        PostgresInstance instance = ready();

        step(instance, found(PULL), CREATED.plusSeconds(5000));

        assertThat(instance.getStatus().phase()).isEqualTo(Phase.Ready);
        assertThat(operation(instance.getStatus()).state()).isEqualTo(State.Succeeded);
        assertThat(Conditions.isTrue(instance.getStatus().conditions(), "Ready"))
                .isFalse();
    }

    @Test
    void whoWaitsForSomethingElseSaysNothingNew() {
        PostgresInstance instance = instance(1);
        step(instance, found(Finding.bad("WaitingForNode", "the pod is being scheduled")), CREATED);
        PostgresInstanceStatus before = instance.getStatus();

        assertThat(isOnlyWaiting(instance, before, Finding.bad("ContainerStarting", "the image is being brought")))
                .isTrue();
        assertThat(isOnlyWaiting(instance, before, PULL)).isFalse();
        assertThat(isOnlyWaiting(instance, before, GOOD)).isFalse();
        instance.getMetadata().setGeneration(2L);
        assertThat(isOnlyWaiting(instance, before, Finding.bad("ContainerStarting", "the image is being brought")))
                .isFalse();
    }

    @Test
    void aNewInstanceThatOnlyWaitsSaysNothingNew() {
        Finding node = Finding.bad("WaitingForNode", "the pod is being scheduled");

        assertThat(isOnlyWaitingAtFirst(node, 1)).isTrue();
        assertThat(isOnlyWaitingAtFirst(PULL, 1)).isFalse();
        assertThat(isOnlyWaitingAtFirst(GOOD, 1)).isFalse();
        assertThat(isOnlyWaitingAtFirst(node, 100)).as("past its deadline").isFalse();
    }

    private static boolean isOnlyWaitingAtFirst(Finding server, long seconds) {
        PostgresInstance instance = instance(1);
        InstanceFindings found = new InstanceFindings(
                server, InstanceFindings.databaseNotYet(), server, "server", "db", null, null, Duration.ZERO);
        return InstanceStatuses.isOnlyWaiting(
                InstanceStatuses.of(instance), InstanceStatuses.next(instance, found, CREATED.plusSeconds(seconds)));
    }

    private static boolean isOnlyWaiting(PostgresInstance instance, PostgresInstanceStatus before, Finding now) {
        return InstanceStatuses.isOnlyWaiting(
                before, InstanceStatuses.next(instance, found(now), CREATED.plusSeconds(1)));
    }

    @Test
    void theSameFindingsGiveTheSameStatus() {
        PostgresInstance instance = ready();

        PostgresInstanceStatus again = InstanceStatuses.next(instance, found(GOOD), CREATED.plusSeconds(5000));

        assertThat(again).isEqualTo(instance.getStatus());
    }

    @Test
    void aDeletionThatTakesTooLongHasFailedAndGoesOn() {
        PostgresInstance instance = ready();
        instance.getMetadata().setDeletionTimestamp("2026-01-01T01:00:00Z");

        PostgresInstanceStatus status = InstanceStatuses.deleting(
                instance, "the volume is being removed", Instant.parse("2026-01-01T02:00:00Z"));

        assertThat(status.phase()).isEqualTo(Phase.Deleting);
        assertThat(operation(status).id()).isEqualTo("deprovision-uid");
        assertThat(operation(status).state()).isEqualTo(State.Failed);
    }

    @Test
    void aDeletionThatIsAskedForAgainHasItsWholeTimeAgain() {
        PostgresInstance instance = ready();
        instance.getMetadata().setDeletionTimestamp("2026-01-01T01:00:00Z");
        Instant late = Instant.parse("2026-01-01T02:00:00Z");
        instance.setStatus(InstanceStatuses.deleting(instance, "the volume is being removed", late));
        instance.getMetadata().setAnnotations(Map.of(RequestedDeletion.ANNOTATION, RequestedDeletion.text(late)));

        PostgresInstanceStatus status =
                InstanceStatuses.deleting(instance, "the volume is being removed", late.plusSeconds(1));

        assertThat(operation(status).state()).isEqualTo(State.InProgress);
        assertThat(operation(status).startedAt()).isEqualTo(late.toString());
    }

    private static PostgresInstance ready() {
        PostgresInstance instance = instance(1);
        step(instance, found(GOOD), CREATED.plusSeconds(3));
        return instance;
    }

    private static void step(PostgresInstance instance, InstanceFindings found, Instant now) {
        instance.setStatus(InstanceStatuses.next(instance, found, now));
    }

    private static InstanceFindings found(Finding state) {
        return new InstanceFindings(state, GOOD, state, "server", "db", null, null, Duration.ZERO);
    }

    private static Operation operation(PostgresInstanceStatus status) {
        return Objects.requireNonNull(status.operation());
    }

    private static PostgresInstance instance(long generation) {
        PostgresInstance instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName("a")
                .withUid("uid")
                .withGeneration(generation)
                .withCreationTimestamp(CREATED.toString())
                .build());
        instance.setSpec(new PostgresInstanceSpec(null, "free", null, null, null, null, 100, null, null));
        return instance;
    }
}
