package dev.howdah.reconciler;

import static dev.howdah.reconciler.RunningReconcilers.PATIENCE;
import static dev.howdah.reconciler.RunningReconcilers.query;
import static dev.howdah.reconciler.RunningReconcilers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresInstanceStatus.Phase;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MishapsIT {
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
    void anInstanceThatIsDeletedWhileItIsMadeLeavesNothing() {
        reconcilers.createInstance("premature", server("256Mi", 20));
        reconcilers.awaitInstance("premature", status -> status.server() != null);

        delete(PostgresInstance.class, "premature");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reconcilers.instance("premature"))
                        .as(reconcilers::inventory)
                        .isNull());
        assertThat(find(StatefulSet.class, "premature")).isNull();
    }

    @Test
    void aProvisionGoesOnAfterTheProcessEndedInTheMiddle() {
        reconcilers.createInstance("survivor", server("256Mi", 20));
        reconcilers.awaitInstance("survivor", status -> status.server() != null);

        reconcilers.restart();

        assertThat(Objects.requireNonNull(
                                reconcilers.awaitReady("survivor").getStatus().operation())
                        .id())
                .startsWith("provision-");
    }

    @Test
    void whatIsDeletedByHandComesBack() throws SQLException {
        reconcilers.createInstance("healed", server("256Mi", 20));
        reconcilers.awaitReady("healed");
        reconcilers.createBinding("healed-a", "healed");
        Map<String, String> before = reconcilers.awaitCredentials("healed-a");
        query(before, "create table kept as select 1");

        delete(Secret.class, "healed-admin");
        delete(Secret.class, "healed-a");
        await().atMost(PATIENCE).until(() -> find(Secret.class, "healed-admin") != null);
        await().atMost(PATIENCE).until(() -> find(Secret.class, "healed-a") != null);
        Map<String, String> after = reconcilers.credentials("healed-a");
        assertThat(after.get("password")).isNotEqualTo(before.get("password"));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> query(after, "select 1").equals("1"));
        assertThatThrownBy(() -> query(before, "select 1")).isInstanceOf(SQLException.class);

        delete(StatefulSet.class, "healed");
        await().atMost(PATIENCE).until(() -> find(StatefulSet.class, "healed") != null);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> query(after, "select count(*) from kept").equals("1"));
        delete(Service.class, "healed-pods");
        await().atMost(PATIENCE).until(() -> find(Service.class, "healed-pods") != null);
    }

    @Test
    void anUnknownPlanIsSaidWithThePlansThereAre() {
        PostgresInstance instance = new PostgresInstance();
        instance.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName("planless")
                .withNamespace(EmbeddedKubernetes.NAMESPACE)
                .build());
        instance.setSpec(new PostgresInstanceSpec(null, "huge", null, null, null, null, null, null, null));
        reconcilers.client().resource(instance).create();

        PostgresInstance found = reconcilers.awaitInstance("planless", status -> status.conditions() != null);

        Finding ready = Conditions.finding(found.getStatus().conditions(), "Ready", Finding.bad("", ""));
        assertThat(ready.good()).isFalse();
        assertThat(ready.reason()).isEqualTo("PlanUnknown");
        assertThat(ready.message()).contains("huge", "free (postgres-database)");
    }

    @Test
    void aLargerPlanRestartsTheServerOnceAndKeepsTheData() throws SQLException {
        reconcilers.createInstance("grown", server("256Mi", 20));
        reconcilers.awaitReady("grown");
        reconcilers.createBinding("grown-a", "grown");
        Map<String, String> credentials = reconcilers.awaitCredentials("grown-a");
        query(credentials, "create table kept as select 1");

        change("grown", server("512Mi", 50));

        PostgresInstance updated = reconcilers.awaitInstance(
                "grown",
                status -> status.phase() == Phase.Ready
                        && Objects.requireNonNull(status.operation()).id().startsWith("update-"));
        assertThat(updated.getStatus().observedGeneration())
                .isEqualTo(updated.getMetadata().getGeneration());
        assertThat(Integer.parseInt(query(credentials, "show max_connections"))).isGreaterThanOrEqualTo(50);
        assertThat(query(credentials, "select count(*) from kept")).isEqualTo("1");
    }

    private static void change(String name, PostgresServerSpec server) {
        reconcilers
                .client()
                .resource(Objects.requireNonNull(reconcilers.instance(name)))
                .edit(instance -> {
                    PostgresInstanceSpec old = instance.getSpec();
                    instance.setSpec(new PostgresInstanceSpec(
                            old.offering(), old.plan(), server, old.database(), null, null, null, null, null));
                    return instance;
                });
    }

    private static <T extends HasMetadata> void delete(Class<T> kind, String name) {
        reconcilers
                .client()
                .resources(kind)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .delete();
    }

    private static <T extends HasMetadata> @org.jspecify.annotations.Nullable T find(Class<T> kind, String name) {
        T found = reconcilers
                .client()
                .resources(kind)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .get();
        return found == null || found.getMetadata().getDeletionTimestamp() != null ? null : found;
    }
}
