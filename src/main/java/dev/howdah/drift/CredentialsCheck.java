package dev.howdah.drift;

import static dev.howdah.drift.DriftFinding.Problem.NO_BINDING;
import static dev.howdah.drift.DriftFinding.Problem.NO_ROLE;
import static dev.howdah.drift.DriftFinding.Problem.NO_SECRET;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus.Phase;
import dev.howdah.drift.Inventory.RolesOfInstance;
import java.util.Objects;
import java.util.stream.Stream;

/** Whether the bindings, their Secrets and the login roles of the servers say the same. */
final class CredentialsCheck {
    private final Inventory inventory;

    CredentialsCheck(Inventory inventory) {
        this.inventory = inventory;
    }

    Stream<DriftFinding> findings() {
        return Stream.concat(secrets(), inventory.roles().stream().flatMap(CredentialsCheck::roles));
    }

    private Stream<DriftFinding> secrets() {
        return inventory.bindings().stream()
                .filter(binding -> isReady(binding) && !hasSecret(binding))
                .map(binding -> DriftFinding.of(NO_SECRET, binding, "its Secret is not there"));
    }

    static boolean isReady(PostgresBinding binding) {
        return !binding.isMarkedForDeletion()
                && binding.getStatus() != null
                && binding.getStatus().phase() == Phase.Ready;
    }

    private boolean hasSecret(PostgresBinding binding) {
        return inventory.bindingSecrets().stream()
                .flatMap(secret -> Inventory.owner(secret, PostgresBinding.class).stream())
                .anyMatch(owner ->
                        Objects.equals(owner.getUid(), binding.getMetadata().getUid()));
    }

    private static Stream<DriftFinding> roles(RolesOfInstance roles) {
        Stream<DriftFinding> missing = roles.expected().stream()
                .filter(role -> !roles.found().contains(role))
                .map(role -> role(roles, NO_ROLE, role, "a binding that is ready has no role"));
        Stream<DriftFinding> left = roles.found().stream()
                .filter(role -> !roles.known().contains(role))
                .map(role -> role(roles, NO_BINDING, role, "no binding stands for this role"));
        return Stream.concat(missing, left);
    }

    private static DriftFinding role(
            RolesOfInstance roles, DriftFinding.Problem problem, String role, String sentence) {
        return new DriftFinding(
                problem, "Role", role, sentence + " on the server of PostgresInstance " + roles.instance(), null);
    }
}
