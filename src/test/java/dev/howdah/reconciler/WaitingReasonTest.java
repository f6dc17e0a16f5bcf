package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingReasonTest {
    @Test
    void anImageThatCannotBePulledIsNamed() {
        Pod pod = waitingPod("ImagePullBackOff", "manifest unknown");

        assertThat(reason(null, pod, List.of()))
                .isEqualTo(Finding.bad(
                        "ImagePullFailed", "image cannot be pulled: registry.example/pg:nope: manifest unknown"));
    }

    @Test
    void aNodeThatIsTooSmallIsSaidWithWhatIsMissing() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage("0/3 nodes are available: 3 Insufficient memory.")
                .endCondition()
                .endStatus()
                .build();

        assertThat(reason(null, pod, List.of()).message())
                .isEqualTo("no node has 4Gi of memory free (0/3 nodes are available: 3 Insufficient memory.)");
    }

    @Test
    void aStorageClassThatDoesNotExistIsNamed() {
        Event event = warning(
                "PersistentVolumeClaim", "ProvisioningFailed", "storageclass.storage.k8s.io \"fast\" not found");

        assertThat(reason(pendingVolume(), null, List.of(event)))
                .isEqualTo(Finding.bad("VolumeNotBound", "waiting for the volume: storage class fast does not exist"));
    }

    @Test
    void aQuotaThatIsUsedUpIsSaid() {
        Event event = warning("StatefulSet", "FailedCreate", "pods \"a-0\" is forbidden: exceeded quota: small");

        assertThat(reason(null, null, List.of(event)).reason()).isEqualTo("QuotaExceeded");
    }

    @Test
    void aServerThatExitsIsSaidWithItsLastLine() {
        assertThat(reason(null, exitedPod("one\nFATAL: bad luck\n\n"), List.of())
                        .message())
                .isEqualTo("container exits: FATAL: bad luck (exit code 1)");
    }

    @Test
    void aFullVolumeIsSaidWithWhatToDo() {
        Finding full = reason(null, exitedPod("PANIC: could not write: No space left on device"), List.of());

        assertThat(full.reason()).isEqualTo("DiskFull");
        assertThat(full.message()).contains("ask for more storage");
    }

    @Test
    void aFullVolumeIsFoundInWhatPostgresSaysBeforeItsLastLine() {
        Finding full = reason(null, exitedPod("""
                FATAL:  could not write to file "pg_wal/xlogtemp.29": No space left on device
                LOG:  startup process (PID 29) exited with exit code 1
                LOG:  database system is shut down
                """), List.of());

        assertThat(full.reason()).isEqualTo("DiskFull");
        assertThat(full.message()).contains("xlogtemp").doesNotContain("shut down");
    }

    @Test
    void withoutTroubleItSaysHowFarThingsAre() {
        assertThat(reason(null, null, List.of()).reason()).isEqualTo("WaitingForPod");
        assertThat(Troubles.isTrouble(reason(null, null, List.of()))).isFalse();
    }

    private static Finding reason(@Nullable PersistentVolumeClaim volume, @Nullable Pod pod, List<Event> events) {
        return WaitingReason.of(volume, pod, events, "2", "4Gi");
    }

    private static Pod waitingPod(String reason, String message) {
        return new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("postgres")
                .withImage("registry.example/pg:nope")
                .withNewState()
                .withNewWaiting(message, reason)
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Pod exitedPod(String message) {
        return new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("postgres")
                .withNewState()
                .withNewWaiting("back-off", "CrashLoopBackOff")
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(1)
                .withMessage(message)
                .endTerminated()
                .endLastState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static PersistentVolumeClaim pendingVolume() {
        return new PersistentVolumeClaimBuilder()
                .withNewSpec()
                .withStorageClassName("fast")
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    private static Event warning(String kind, String reason, String message) {
        return new EventBuilder()
                .withNewInvolvedObject()
                .withKind(kind)
                .endInvolvedObject()
                .withType("Warning")
                .withReason(reason)
                .withMessage(message)
                .withLastTimestamp("2026-01-01T00:00:00Z")
                .build();
    }
}
