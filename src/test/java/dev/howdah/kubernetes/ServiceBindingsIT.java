package dev.howdah.kubernetes;

import static dev.howdah.kubernetes.SampleCatalog.LARGE;
import static dev.howdah.kubernetes.SampleCatalog.PROMPT;
import static dev.howdah.kubernetes.SampleCatalog.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.broker.BindOutcome;
import dev.howdah.broker.BindRequest;
import dev.howdah.broker.BindingId;
import dev.howdah.broker.FetchedBinding;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.LastOperation;
import dev.howdah.broker.ServiceBinding;
import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.UnbindOutcome;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.testing.embedded.EmbeddedKubernetes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceBindingsIT {
    private static EmbeddedKubernetes kubernetes;
    private static FakeReconciler reconciler;
    private static Replica patient;
    private static Replica hasty;
    private static ServiceBindings bindings;

    private final String instance = UUID.randomUUID().toString();
    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        kubernetes = EmbeddedKubernetes.start();
        reconciler = new FakeReconciler(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE);
        patient = new Replica(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE, Duration.ofSeconds(30));
        hasty = new Replica(kubernetes.newClient(), EmbeddedKubernetes.NAMESPACE, Duration.ZERO);
        bindings = patient.bindings;
    }

    @AfterAll
    static void stop() {
        hasty.close();
        patient.close();
        reconciler.close();
        kubernetes.close();
    }

    @BeforeEach
    void provision() {
        patient.instances.provision(Requests.provision(instance, SMALL, null));
    }

    @Test
    void aBindingHasTheCredentialsOfItsSecret() {
        ServiceBinding binding = bound(Requests.bind(instance, id, SMALL, null));

        assertThat(binding.credentials())
                .isEqualTo(Map.of(
                        "host",
                        "db.example",
                        "port",
                        "5432",
                        "username",
                        "pgb-" + id,
                        "password",
                        "secret-of-pgb-" + id));
        assertThat(binding.endpoints())
                .containsExactly(new ServiceBinding.Endpoint("db.example", List.of("5432"), "tcp"));
        assertThat(binding.expiresAt()).isNull();
        assertThat(resource("pgb-" + id).getSpec().clientNamespace()).isEqualTo("shop");
    }

    @Test
    void theSameRequestAgainGetsTheSameCredentials() {
        ServiceBinding first = bound(Requests.bind(instance, id, SMALL, Map.of("access", "read-only")));

        var again = bindings.bind(Requests.bind(instance, id, SMALL, Map.of("access", "read-only")));

        assertThat(again).isEqualTo(new BindOutcome.AlreadyBound(first));
        assertThat(bindings.fetch(new InstanceId(instance), new BindingId(id)))
                .isEqualTo(new FetchedBinding.Found(first));
    }

    @Test
    void anotherRequestForTheSameIdConflictsAlsoOnAnotherInstance() {
        bound(Requests.bind(instance, id, SMALL, null));
        String other = UUID.randomUUID().toString();
        patient.instances.provision(Requests.provision(other, SMALL, null));

        assertThat(bindings.bind(Requests.bind(instance, id, SMALL, Map.of("connection_limit", 5))))
                .isInstanceOf(BindOutcome.Conflicts.class);
        assertThat(bindings.bind(Requests.bind(other, id, SMALL, null))).isInstanceOf(BindOutcome.Conflicts.class);
        assertThat(bindings.fetch(new InstanceId(other), new BindingId(id)))
                .isInstanceOf(FetchedBinding.NotFound.class);
        assertThat(bindings.unbind(Requests.unbind(other, id, SMALL))).isInstanceOf(UnbindOutcome.Gone.class);
    }

    @Test
    void anUnknownInstanceCannotBeBound() {
        assertThat(bindings.bind(Requests.bind("unknown", id, SMALL, null)))
                .isInstanceOf(BindOutcome.InstanceNotFound.class);
    }

    @Test
    void aPlanThatIsNotTheInstancesIsInvalid() {
        assertThat(bindings.bind(Requests.bind(instance, id, LARGE, null))).isInstanceOf(BindOutcome.Invalid.class);
    }

    @Test
    void aBusyInstanceIsWaitedFor() throws InterruptedException {
        reconciler.hold("pg-" + instance);
        hasty.instances.update(Requests.update(instance, LARGE, null));
        assertThat(hasty.bindings.bind(Requests.bind(instance, id, SMALL, null)))
                .isInstanceOf(BindOutcome.Busy.class);

        Thread waiting = Thread.ofVirtual().start(() -> bound(Requests.bind(instance, id, SMALL, null)));
        reconciler.release("pg-" + instance);
        waiting.join();

        assertThat(bindings.fetch(new InstanceId(instance), new BindingId(id)))
                .isInstanceOf(FetchedBinding.Found.class);
    }

    @Test
    void credentialsThatCannotBeMadeFailTheBindingAndLeaveNothing() {
        reconciler.breakDown("pgb-" + id);

        assertThat(bindings.bind(Requests.bind(instance, id, SMALL, null)))
                .isEqualTo(new BindOutcome.Failed("image cannot be pulled"));
        assertThat(bindings.unbind(Requests.unbind(instance, id, SMALL)))
                .isInstanceOfAny(UnbindOutcome.Gone.class, UnbindOutcome.Unbound.class);
    }

    @Test
    void aBindingThatTakesLongIsPolled() {
        reconciler.hold("pgb-" + id);

        var outcome = hasty.bindings.bind(accepting(Requests.bind(instance, id, SMALL, null)));

        assertThat(outcome).isInstanceOfSatisfying(BindOutcome.InProgress.class, progress -> {
            assertThat(progress.operation().value()).startsWith("bind-");
        });
        assertThat(bindings.lastOperation(new InstanceId(instance), new BindingId(id), null))
                .isInstanceOf(LastOperation.InProgress.class);
        assertThat(bindings.fetch(new InstanceId(instance), new BindingId(id)))
                .isInstanceOf(FetchedBinding.NotFound.class);
        reconciler.release("pgb-" + id);
        assertThat(bindings.bind(Requests.bind(instance, id, SMALL, null)))
                .isInstanceOf(BindOutcome.AlreadyBound.class);
    }

    @Test
    void aBindingIsGoneAfterUnbinding() {
        bound(Requests.bind(instance, id, SMALL, null));

        assertThat(bindings.unbind(Requests.unbind(instance, id, LARGE))).isInstanceOf(UnbindOutcome.Invalid.class);
        assertThat(bindings.unbind(Requests.unbind(instance, id, SMALL))).isInstanceOf(UnbindOutcome.Unbound.class);
        assertThat(bindings.unbind(Requests.unbind(instance, id, SMALL))).isInstanceOf(UnbindOutcome.Gone.class);
        assertThat(bindings.lastOperation(new InstanceId(instance), new BindingId(id), null))
                .isInstanceOf(LastOperation.Succeeded.class);
    }

    @Test
    void aRotationInheritsItsPredecessorsParameters() {
        String successor = UUID.randomUUID().toString();
        bound(Requests.bind(instance, id, SMALL, Map.of("access", "read-only")));

        ServiceBinding rotated = bound(Requests.rotate(instance, successor, id));

        assertThat(rotated.parameters()).isEqualTo(Map.of("access", "read-only"));
        assertThat(rotated.credentials()).containsEntry("username", "pgb-" + successor);
        assertThat(bindings.bind(Requests.rotate(instance, successor, id)))
                .isEqualTo(new BindOutcome.AlreadyBound(rotated));
    }

    @Test
    void aRotationNeedsAPredecessorOfItsInstance() {
        assertThat(bindings.bind(Requests.rotate(instance, id, "unknown"))).isInstanceOf(BindOutcome.Invalid.class);
    }

    @Test
    void credentialsOfAPlanThatLimitsTheirLifeExpire() {
        String limited = UUID.randomUUID().toString();
        patient.instances.provision(Requests.provision(limited, PROMPT, null));

        ServiceBinding binding = bound(Requests.bind(limited, id, PROMPT, Map.of("expires_after", "PT1H")));

        assertThat(binding.expiresAt()).isNotNull();
        assertThat(binding.renewBefore()).isBefore(binding.expiresAt());
    }

    private static BindRequest accepting(BindRequest request) {
        return new BindRequest(
                request.instanceId(),
                request.bindingId(),
                request.offering(),
                request.plan(),
                request.parameters(),
                request.context(),
                request.bindResource(),
                request.predecessor(),
                request.originatingIdentity(),
                true);
    }

    private static ServiceBinding bound(BindRequest request) {
        BindOutcome outcome = bindings.bind(request);
        assertThat(outcome).isInstanceOf(BindOutcome.Bound.class);
        return ((BindOutcome.Bound) outcome).binding();
    }

    private static PostgresBinding resource(String name) {
        return kubernetes
                .client()
                .resources(PostgresBinding.class)
                .inNamespace(EmbeddedKubernetes.NAMESPACE)
                .withName(name)
                .require();
    }
}
