package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class KilledServerTest {
    private static final String KILLED_AT = "2026-01-01T10:00:00Z";
    private static final String JUST_AFTER = "2026-01-01T10:00:01Z";
    private static final String LONG_BEFORE = "2026-01-01T09:59:50Z";

    @Test
    void aServerThatWasServedUntilItWasKilledGetsANewPodInsteadOfADelay() {
        assertThat(KilledServer.needsNewPod(pod("CrashLoopBackOff", 137, "Error", JUST_AFTER)))
                .isTrue();
    }

    @Test
    void aServerThatWasNotReadyWhenItWasKilledWaits() {
        assertThat(KilledServer.needsNewPod(pod("CrashLoopBackOff", 137, "Error", LONG_BEFORE)))
                .isFalse();
    }

    @Test
    void aServerThatNeedsMoreMemoryThanItHasWaits() {
        assertThat(KilledServer.needsNewPod(pod("CrashLoopBackOff", 137, "OOMKilled", JUST_AFTER)))
                .isFalse();
    }

    @Test
    void aServerThatExitedByItselfWaits() {
        assertThat(KilledServer.needsNewPod(pod("CrashLoopBackOff", 1, "Error", JUST_AFTER)))
                .isFalse();
    }

    @Test
    void aContainerThatIsNotHeldBackKeepsItsPod() {
        assertThat(KilledServer.needsNewPod(pod("ContainerCreating", 137, "Error", JUST_AFTER)))
                .isFalse();
    }

    private static Pod pod(String waiting, int exitCode, String reason, String unreadySince) {
        return new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("False")
                .withLastTransitionTime(unreadySince)
                .endCondition()
                .addNewContainerStatus()
                .withName("postgres")
                .withNewState()
                .withNewWaiting("back-off", waiting)
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withFinishedAt(KILLED_AT)
                .endTerminated()
                .endLastState()
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
