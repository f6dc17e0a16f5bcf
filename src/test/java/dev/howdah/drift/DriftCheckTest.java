package dev.howdah.drift;

import static dev.howdah.drift.DriftFinding.Problem.DUPLICATE;
import static dev.howdah.drift.DriftFinding.Problem.FAILED;
import static dev.howdah.drift.DriftFinding.Problem.NO_BINDING;
import static dev.howdah.drift.DriftFinding.Problem.NO_OWNER;
import static dev.howdah.drift.DriftFinding.Problem.NO_ROLE;
import static dev.howdah.drift.DriftFinding.Problem.NO_SECRET;
import static dev.howdah.drift.DriftFinding.Problem.RETAINED;
import static dev.howdah.drift.DriftFinding.Problem.STUCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.crd.Operation;
import dev.howdah.crd.Operation.State;
import dev.howdah.crd.Operation.Type;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerStatus;
import dev.howdah.drift.DriftFinding.Problem;
import dev.howdah.drift.Inventory.RolesOfInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final PostgresInstance INSTANCE = instance("db", operation(Type.Provision, State.Succeeded, -60));
    private static final PostgresServer SERVER = server("db", INSTANCE);
    private static final PostgresBinding BINDING = binding("app", "db");

    @Test
    void whatAgreesIsNotReported() {
        assertThat(problems(new Inventory(
                        List.of(owned(new Secret(), "app", BINDING)),
                        List.of(owned(new PersistentVolumeClaim(), "db-data", SERVER)),
                        List.of(),
                        List.of(BINDING),
                        List.of(SERVER),
                        List.of(INSTANCE),
                        List.of(new RolesOfInstance("db", List.of("b_app"), List.of("b_app"), List.of("b_app"))))))
                .isEmpty();
    }

    @Test
    void whatOutlivedItsOwnerIsReported() {
        assertThat(problems(new Inventory(
                        List.of(owned(new Secret(), "app", BINDING)),
                        List.of(owned(new PersistentVolumeClaim(), "db-data", SERVER)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())))
                .containsExactly(NO_OWNER, NO_OWNER);
        assertThat(problems(resources(List.of(BINDING), List.of(SERVER), List.of())))
                .contains(NO_OWNER);
    }

    @Test
    void anObjectOfAnEarlierServerOfTheSameNameIsReported() {
        PostgresServer earlier = server("db", INSTANCE);
        earlier.getMetadata().setUid("earlier");

        assertThat(problems(new Inventory(
                        List.of(),
                        List.of(owned(new PersistentVolumeClaim(), "db-data", earlier)),
                        List.of(),
                        List.of(),
                        List.of(SERVER),
                        List.of(INSTANCE),
                        List.of())))
                .containsExactly(NO_OWNER);
    }

    @Test
    void aServerThatAPersonMadeIsNobodysMistake() {
        PostgresServer alone = server("alone", INSTANCE);
        alone.getMetadata().setOwnerReferences(List.of());

        assertThat(problems(resources(List.of(), List.of(alone), List.of()))).isEmpty();
    }

    @Test
    void aSecondServerOfAnInstanceIsReported() {
        assertThat(problems(resources(List.of(), List.of(SERVER, server("db-2", INSTANCE)), List.of(INSTANCE))))
                .containsExactly(DUPLICATE);
    }

    @Test
    void aVolumeThatWasKeptIsListed() {
        assertThat(problems(new Inventory(
                        List.of(),
                        List.of(),
                        List.of(named(new PersistentVolumeClaim(), "old-data")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())))
                .containsExactly(RETAINED);
    }

    @Test
    void aReadyBindingNeedsItsSecretAndItsRole() {
        assertThat(problems(new Inventory(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(BINDING),
                        List.of(SERVER),
                        List.of(INSTANCE),
                        List.of(new RolesOfInstance("db", List.of("b_old"), List.of("b_app"), List.of("b_app"))))))
                .containsExactlyInAnyOrder(NO_SECRET, NO_ROLE, NO_BINDING);
    }

    @Test
    void anOperationPastItsDeadlineIsStuckAndAFailedOneIsFailed() {
        assertThat(problems(instances(instance("late", operation(Type.Provision, State.InProgress, -600)))))
                .containsExactly(STUCK);
        assertThat(problems(instances(instance("at-work", operation(Type.Provision, State.InProgress, 600)))))
                .isEmpty();
        assertThat(problems(instances(instance("bad", operation(Type.Update, State.Failed, -600)))))
                .containsExactly(FAILED);
        assertThat(problems(instances(instance("left", operation(Type.Deprovision, State.Failed, -600)))))
                .containsExactly(STUCK);
    }

    @Test
    void aWishThatNobodyHasTakenUpIsStuck() {
        PostgresInstance wish = instance("wish", null);
        wish.getMetadata().setCreationTimestamp("2026-11-22T11:00:00Z");

        assertThat(DriftCheck.findings(instances(wish), NOW))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).contains("does any replica reconcile?"));
    }

    private static List<Problem> problems(Inventory inventory) {
        return DriftCheck.findings(inventory, NOW).stream()
                .map(DriftFinding::problem)
                .toList();
    }

    private static Inventory instances(PostgresInstance instance) {
        return resources(List.of(), List.of(), List.of(instance));
    }

    private static Inventory resources(
            List<PostgresBinding> bindings, List<PostgresServer> servers, List<PostgresInstance> instances) {
        return new Inventory(List.of(), List.of(), List.of(), bindings, servers, instances, List.of());
    }

    private static Operation operation(Type type, State state, int secondsLeft) {
        return new Operation(
                type + "-1",
                type,
                state,
                "because",
                NOW.minusSeconds(1000).toString(),
                NOW.plusSeconds(secondsLeft).toString());
    }

    private static PostgresInstance instance(String name, @Nullable Operation operation) {
        PostgresInstance instance = named(new PostgresInstance(), name);
        instance.setStatus(new PostgresInstanceStatus(null, null, null, name, name, null, operation));
        return instance;
    }

    private static PostgresServer server(String name, PostgresInstance owner) {
        PostgresServer server = owned(new PostgresServer(), name, owner);
        server.setStatus(new PostgresServerStatus(null, null, null, null, null, null, null));
        return server;
    }

    private static PostgresBinding binding(String name, String instance) {
        PostgresBinding binding = named(new PostgresBinding(), name);
        binding.setSpec(new PostgresBindingSpec(instance, null, null, null, null, null, null, null, null));
        binding.setStatus(new PostgresBindingStatus(
                PostgresBindingStatus.Phase.Ready, null, null, null, null, operation(Type.Bind, State.Succeeded, -60)));
        return binding;
    }

    private static <T extends HasMetadata> T named(T object, String name) {
        object.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid(object.getKind() + "/" + name)
                .withCreationTimestamp(NOW.minusSeconds(30).toString())
                .addToLabels(Map.of(DriftCheck.SERVER_LABEL, "db"))
                .build());
        return object;
    }

    private static <T extends HasMetadata> T owned(T object, String name, HasMetadata owner) {
        named(object, name)
                .getMetadata()
                .setOwnerReferences(List.of(new io.fabric8.kubernetes.api.model.OwnerReferenceBuilder()
                        .withKind(owner.getKind())
                        .withName(owner.getMetadata().getName())
                        .withUid(owner.getMetadata().getUid())
                        .build()));
        return object;
    }
}
