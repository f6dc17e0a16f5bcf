package dev.howdah.kubernetes;

import static dev.howdah.kubernetes.SampleCatalog.FIXED;
import static dev.howdah.kubernetes.SampleCatalog.LARGE;
import static dev.howdah.kubernetes.SampleCatalog.PROMPT;
import static dev.howdah.kubernetes.SampleCatalog.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.howdah.broker.DeprovisionOutcome;
import dev.howdah.broker.FetchedInstance;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.LastOperation;
import dev.howdah.broker.ProvisionOutcome;
import dev.howdah.broker.ServiceInstances;
import dev.howdah.broker.UpdateOutcome;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServiceInstancesIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static EmbeddedKubernetes kubernetes;
    private static FakeReconciler reconciler;
    private static Replica patient;
    private static Replica hasty;
    private static ServiceInstances instances;

    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        kubernetes = EmbeddedKubernetes.start();
        reconciler = new FakeReconciler(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE);
        patient = new Replica(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE, LONG);
        hasty = new Replica(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE, Duration.ZERO);
        instances = patient.instances;
    }

    @AfterAll
    static void stop() {
        hasty.close();
        patient.close();
        reconciler.close();
        kubernetes.close();
    }

    @Test
    void anInstanceThatBecomesReadyInTimeIsProvisioned() {
        var outcome = instances.provision(Requests.provision(id, SMALL, Map.of("storage", "2Gi")));

        assertThat(outcome).isInstanceOf(ProvisionOutcome.Provisioned.class);
        assertThat(resource("pg-" + id).getSpec().plan()).isEqualTo("small");
        assertThat(storage("pg-" + id)).isEqualTo("2Gi");
        assertThat(request("pg-" + id).id()).isEqualTo(id);
    }

    @Test
    void theSameRequestAgainFindsTheInstance() {
        instances.provision(Requests.provision(id, SMALL, Map.of("storage", "2Gi")));

        assertThat(instances.provision(Requests.provision(id, SMALL, Map.of("storage", "2Gi"))))
                .isInstanceOf(ProvisionOutcome.AlreadyProvisioned.class);
    }

    @Test
    void anotherRequestForTheSameIdConflicts() {
        instances.provision(Requests.provision(id, SMALL, Map.of("storage", "2Gi")));

        assertThat(instances.provision(Requests.provision(id, LARGE, Map.of("storage", "2Gi"))))
                .isInstanceOf(ProvisionOutcome.Conflicts.class);
        assertThat(instances.provision(Requests.provision(id, SMALL, null)))
                .isInstanceOf(ProvisionOutcome.Conflicts.class);
        assertThat(instances.provision(
                        Requests.provision(id, SMALL, Map.of("storage", "2Gi"), Map.of("platform", "x"), true)))
                .isInstanceOf(ProvisionOutcome.Conflicts.class);
    }

    @Test
    void theSameRequestWhileProvisioningGetsTheSameOperation() {
        reconciler.hold("pg-" + id);

        var first = hasty.instances.provision(Requests.provision(id, SMALL, null));
        var second = hasty.instances.provision(Requests.provision(id, SMALL, null));

        assertThat(first).isInstanceOf(ProvisionOutcome.InProgress.class).isEqualTo(second);
        assertThat(instances.fetch(new InstanceId(id))).isInstanceOf(FetchedInstance.NotFound.class);
        assertThat(instances.lastOperation(new InstanceId(id), null)).isInstanceOf(LastOperation.InProgress.class);
    }

    @Test
    void aPlanThatTakesLongNeedsAnAsynchronousAnswerAndCreatesNothingWithout() {
        var outcome = instances.provision(Requests.provision(id, SMALL, null, Requests.CONTEXT, false));

        assertThat(outcome).isInstanceOf(ProvisionOutcome.AsyncRequired.class);
        assertThat(instances.lastOperation(new InstanceId(id), null)).isInstanceOf(LastOperation.NotFound.class);
    }

    @Test
    void aPromptPlanAnswersSynchronously() {
        var outcome = hasty.instances.provision(Requests.provision(id, PROMPT, null, Requests.CONTEXT, false));

        assertThat(outcome).isInstanceOf(ProvisionOutcome.Provisioned.class);
    }

    @Test
    void aHandWrittenInstanceKeepsItsName() {
        var written = new PostgresInstance();
        written.setMetadata(new ObjectMetaBuilder().withName("pg-" + id).build());
        written.setSpec(new PostgresInstanceSpec(null, "small", null, null, null, null, null, null, null));
        kubernetes
                .client()
                .resource(written)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .create();

        assertThat(instances.provision(Requests.provision(id, SMALL, null)))
                .isInstanceOf(ProvisionOutcome.Conflicts.class);
        assertThat(instances.deprovision(Requests.deprovision(id, SMALL))).isInstanceOf(DeprovisionOutcome.Gone.class);
        assertThat(instances.fetch(new InstanceId(id))).isInstanceOf(FetchedInstance.NotFound.class);
    }

    @Test
    void aFailedProvisioningIsToldByThePollAndCanBeDeprovisioned() {
        reconciler.breakDown("pg-" + id);

        assertThat(instances.provision(Requests.provision(id, SMALL, null)))
                .isInstanceOf(ProvisionOutcome.InProgress.class);

        assertThat(instances.lastOperation(new InstanceId(id), null))
                .asInstanceOf(type(LastOperation.Failed.class))
                .isEqualTo(new LastOperation.Failed("image cannot be pulled", null, null));
        assertThat(instances.update(Requests.update(id, LARGE, null))).isInstanceOf(UpdateOutcome.NotPossible.class);
        assertThat(instances.deprovision(Requests.deprovision(id, SMALL)))
                .isInstanceOf(DeprovisionOutcome.Deprovisioned.class);
    }

    @Test
    void anInstanceIsGoneAfterDeprovisioningAndItsIdCanBeUsedAgain() {
        instances.provision(Requests.provision(id, SMALL, null));

        assertThat(instances.deprovision(Requests.deprovision(id, SMALL)))
                .isInstanceOf(DeprovisionOutcome.Deprovisioned.class);
        assertThat(instances.deprovision(Requests.deprovision(id, SMALL))).isInstanceOf(DeprovisionOutcome.Gone.class);
        assertThat(instances.lastOperation(new InstanceId(id), null)).isInstanceOf(LastOperation.Succeeded.class);
        assertThat(instances.provision(Requests.provision(id, LARGE, null)))
                .isInstanceOf(ProvisionOutcome.Provisioned.class);
    }

    @Test
    void anInstanceBeingDeprovisionedIsBusy() {
        instances.provision(Requests.provision(id, SMALL, null));
        reconciler.hold("pg-" + id);

        var first = hasty.instances.deprovision(Requests.deprovision(id, SMALL));
        var second = hasty.instances.deprovision(Requests.deprovision(id, SMALL));

        assertThat(first).isInstanceOf(DeprovisionOutcome.InProgress.class).isEqualTo(second);
        assertThat(instances.provision(Requests.provision(id, SMALL, null))).isInstanceOf(ProvisionOutcome.Busy.class);
        assertThat(instances.update(Requests.update(id, LARGE, null))).isInstanceOf(UpdateOutcome.Busy.class);
        assertThat(instances.fetch(new InstanceId(id))).isInstanceOf(FetchedInstance.Busy.class);
        reconciler.release("pg-" + id);
    }

    @Test
    void aDeprovisioningThatFailedBeginsAnewWhenItIsAskedForAgain() {
        instances.provision(Requests.provision(id, SMALL, null));
        reconciler.hold("pg-" + id);
        hasty.instances.deprovision(Requests.deprovision(id, SMALL));
        reconciler.failDeletion("pg-" + id);
        assertThat(instances.lastOperation(new InstanceId(id), null)).isInstanceOf(LastOperation.Failed.class);

        var again = hasty.instances.deprovision(Requests.deprovision(id, SMALL));

        assertThat(again).isInstanceOf(DeprovisionOutcome.InProgress.class);
        assertThat(instances.lastOperation(new InstanceId(id), null)).isInstanceOf(LastOperation.InProgress.class);
        reconciler.release("pg-" + id);
    }

    @Test
    void deprovisioningWithForeignIdsIsInvalid() {
        instances.provision(Requests.provision(id, SMALL, null));

        assertThat(instances.deprovision(Requests.deprovision(id, LARGE)))
                .isInstanceOf(DeprovisionOutcome.Invalid.class);
    }

    @Test
    void aChangeOfPlanResizesTheServer() {
        instances.provision(Requests.provision(id, SMALL, null));

        var outcome = instances.update(Requests.update(id, LARGE, Map.of("storage", "4Gi")));

        assertThat(outcome).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(storage("pg-" + id)).isEqualTo("4Gi");
        assertThat(instances.fetch(new InstanceId(id))).isInstanceOfSatisfying(FetchedInstance.Found.class, found -> {
            assertThat(found.instance().planId()).isEqualTo("large-id");
            assertThat(found.instance().parameters()).isEqualTo(Map.of("storage", "4Gi"));
        });
    }

    @Test
    void afterAnUpdateTheFirstRequestAndThePresentStateAreBothTheInstance() {
        instances.provision(Requests.provision(id, SMALL, null));
        instances.update(Requests.update(id, LARGE, null));

        assertThat(instances.provision(Requests.provision(id, SMALL, null)))
                .isInstanceOf(ProvisionOutcome.AlreadyProvisioned.class);
        assertThat(instances.provision(Requests.provision(id, LARGE, null)))
                .isInstanceOf(ProvisionOutcome.AlreadyProvisioned.class);
        assertThat(instances.provision(Requests.provision(id, PROMPT, null)))
                .isInstanceOf(ProvisionOutcome.Conflicts.class);
    }

    @Test
    void theSameUpdateWhileItRunsGetsTheSameOperationAndAnotherOneIsRefused() {
        instances.provision(Requests.provision(id, SMALL, null));
        reconciler.hold("pg-" + id);

        var first = hasty.instances.update(Requests.update(id, LARGE, null));
        var second = hasty.instances.update(Requests.update(id, LARGE, null));
        var other = hasty.instances.update(Requests.update(id, null, Map.of("storage", "5Gi")));

        assertThat(first).isInstanceOf(UpdateOutcome.InProgress.class).isEqualTo(second);
        assertThat(other).isInstanceOf(UpdateOutcome.Busy.class);
        assertThat(instances.fetch(new InstanceId(id))).isInstanceOf(FetchedInstance.Busy.class);
        reconciler.release("pg-" + id);
    }

    @Test
    void anUpdateThatFailedCanBeRepeated() {
        instances.provision(Requests.provision(id, SMALL, null));
        reconciler.breakDown("pg-" + id);
        assertThat(instances.update(Requests.update(id, LARGE, null))).isInstanceOf(UpdateOutcome.InProgress.class);
        assertThat(instances.lastOperation(new InstanceId(id), null))
                .isEqualTo(new LastOperation.Failed("image cannot be pulled", true, true));
        reconciler.mend("pg-" + id);

        assertThat(instances.update(Requests.update(id, LARGE, null))).isInstanceOf(UpdateOutcome.Updated.class);
    }

    @Test
    void aNewContextIsKeptWithoutAnAsynchronousAnswer() {
        instances.provision(Requests.provision(id, SMALL, null));

        var outcome = instances.update(Requests.context(id, Map.of("platform", "kubernetes", "namespace", "new")));

        assertThat(outcome).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(Json.map(request("pg-" + id).context())).containsEntry("namespace", "new");
    }

    @Test
    void anUpdateThatChangesNothingWritesNothing() {
        instances.provision(Requests.provision(id, SMALL, Map.of("storage", "2Gi")));
        String version = resource("pg-" + id).getMetadata().getResourceVersion();

        assertThat(instances.update(Requests.update(id, SMALL, Map.of("storage", "2Gi"))))
                .isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(instances.update(Requests.update(id, null, Map.of()))).isInstanceOf(UpdateOutcome.Updated.class);

        assertThat(resource("pg-" + id).getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aPlanThatIsFixedCannotBeChanged() {
        instances.provision(Requests.provision(id, FIXED, null));

        assertThat(instances.update(Requests.update(id, SMALL, null))).isInstanceOf(UpdateOutcome.NotPossible.class);
    }

    @Test
    void afterAChangeOfPlanTheOldPlanStillDeprovisions() {
        instances.provision(Requests.provision(id, SMALL, null));
        instances.update(Requests.update(id, LARGE, null));

        assertThat(instances.deprovision(Requests.deprovision(id, SMALL)))
                .isInstanceOf(DeprovisionOutcome.Deprovisioned.class);
    }

    private static String storage(String name) {
        return Objects.requireNonNull(resource(name).getSpec().server())
                .storage()
                .size();
    }

    private static OsbRequest request(String name) {
        return Objects.requireNonNull(resource(name).getSpec().request());
    }

    private static PostgresInstance resource(String name) {
        return kubernetes
                .client()
                .resources(PostgresInstance.class)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .require();
    }
}
