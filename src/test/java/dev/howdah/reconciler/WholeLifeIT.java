package dev.howdah.reconciler;

import static dev.howdah.reconciler.RunningReconcilers.PATIENCE;
import static dev.howdah.reconciler.RunningReconcilers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.testing.embedded.EmbeddedKubernetes;
import dev.howdah.workload.ServerManifests;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WholeLifeIT {
    @SuppressWarnings("NullAway.Init")
    private static RunningReconcilers reconcilers;

    @BeforeAll
    static void start() {
        reconcilers = RunningReconcilers.start();
    }

    @AfterAll
    static void stop() {
        reconcilers.close();
    }

    @Test
    void anInstanceBecomesADatabaseThatBindingsShareUntilTheyEnd() throws SQLException {
        reconcilers.createInstance("life", null);
        reconcilers.awaitReady("life");
        reconcilers.createBinding("life-a", "life");
        reconcilers.createBinding("life-b", "life");
        Map<String, String> a = reconcilers.awaitCredentials("life-a");
        Map<String, String> b = reconcilers.awaitCredentials("life-b");

        query(a, "create table shared as select 42 as answer");
        assertThat(query(b, "select answer from shared")).isEqualTo("42");

        reconcilers.client().resource(reconcilers.binding("life-a")).delete();
        await().atMost(PATIENCE).until(() -> reconcilers.binding("life-a") == null);
        assertThatThrownBy(() -> query(a, "select 1")).isInstanceOf(SQLException.class);
        assertThat(query(b, "select answer from shared")).isEqualTo("42");

        reconcilers.client().resource(reconcilers.instance("life")).delete();
        await().atMost(PATIENCE).until(() -> reconcilers.instance("life") == null);
        assertThat(leftOf("life")).isZero();
        assertThatThrownBy(() -> query(b, "select 1")).isInstanceOf(SQLException.class);
    }

    private static int leftOf(String server) {
        var client = reconcilers.client();
        return client.pods()
                        .inNamespace(EmbeddedKubernetes.NAMESPACE)
                        .withLabel(ServerManifests.SERVER_LABEL, server)
                        .list()
                        .getItems()
                        .size()
                + client.persistentVolumeClaims()
                        .inNamespace(EmbeddedKubernetes.NAMESPACE)
                        .withLabel(ServerManifests.SERVER_LABEL, server)
                        .list()
                        .getItems()
                        .size()
                + client.secrets()
                        .inNamespace(EmbeddedKubernetes.NAMESPACE)
                        .withLabel(ServerManifests.SERVER_LABEL, server)
                        .list()
                        .getItems()
                        .size()
                + client.services()
                        .inNamespace(EmbeddedKubernetes.NAMESPACE)
                        .withLabel(ServerManifests.SERVER_LABEL, server)
                        .list()
                        .getItems()
                        .size();
    }
}
