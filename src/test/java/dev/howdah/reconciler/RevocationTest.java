package dev.howdah.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevocationTest {
    private static final Finding WORKS = Finding.good("Ready", "it works");
    private static final Finding BROKEN = Finding.bad("NoNodeFits", "no node fits");

    @Test
    void whatTheServerWorkedWithIsNotedBeforeItChanges() {
        PostgresServer server = running(WORKS);

        Map<String, String> note = Revocation.note(server, RunningReconcilers.server("4Gi", 100));

        assertThat(note.get(Revocation.LAST_GOOD)).contains("256Mi");
        assertThat(Revocation.note(server, server.getSpec())).isEmpty();
        assertThat(Revocation.note(running(BROKEN), RunningReconcilers.server("4Gi", 100)))
                .isEmpty();
    }

    @Test
    void aFailedChangeThatBrokeTheServerIsTakenBack() {
        PostgresServer server = running(BROKEN);
        server.getMetadata().setAnnotations(Revocation.note(running(WORKS), RunningReconcilers.server("4Gi", 100)));

        assertThat(Revocation.of(instance(Operation.State.Failed), server))
                .contains(RunningReconcilers.server("256Mi", 20));
        assertThat(Revocation.of(instance(Operation.State.InProgress), server)).isEmpty();
    }

    @Test
    void aFailedChangeThatLeftTheServerUsableStays() {
        PostgresServer server = running(WORKS);
        server.getMetadata().setAnnotations(Revocation.note(running(WORKS), RunningReconcilers.server("4Gi", 100)));

        assertThat(Revocation.of(instance(Operation.State.Failed), server)).isEmpty();
    }

    @Test
    void aSettingThatTheServerRefusesIsTakenBackBeforeItsNextStartFindsIt() {
        PostgresServer server = running(WORKS);
        server.getMetadata().setAnnotations(Revocation.note(running(WORKS), RunningReconcilers.server("4Gi", 100)));
        server.getStatus()
                .conditions()
                .forEach(condition -> condition.setReason(
                        condition.getType().equals("Applied") ? "SettingRefused" : condition.getReason()));

        assertThat(Revocation.of(instance(Operation.State.Failed), server))
                .contains(RunningReconcilers.server("256Mi", 20));
    }

    private static PostgresInstance instance(Operation.State state) {
        PostgresInstance instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder().withGeneration(2L).build());
        instance.setSpec(new PostgresInstanceSpec(
                null, "free", RunningReconcilers.server("4Gi", 100), null, null, null, null, null, null));
        instance.setStatus(new PostgresInstanceStatus(
                null,
                2L,
                null,
                "server",
                null,
                null,
                new Operation("update-2", Operation.Type.Update, state, null, null, null)));
        return instance;
    }

    private static PostgresServer running(Finding ready) {
        PostgresServer server = new PostgresServer();
        server.setMetadata(
                new ObjectMetaBuilder().withName("a").withGeneration(1L).build());
        server.setSpec(RunningReconcilers.server("256Mi", 20));
        server.setStatus(new PostgresServerStatus(
                null,
                1L,
                Conditions.with(null, Map.of("Ready", ready, "Applied", ready), 1L, Instant.EPOCH),
                null,
                null,
                null,
                null));
        return server;
    }
}
