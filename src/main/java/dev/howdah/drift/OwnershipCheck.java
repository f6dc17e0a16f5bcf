package dev.howdah.drift;

import static dev.howdah.drift.DriftFinding.Problem.DUPLICATE;
import static dev.howdah.drift.DriftFinding.Problem.NO_OWNER;
import static dev.howdah.drift.DriftFinding.Problem.RETAINED;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether everything belongs to something that exists, and nothing is there twice. */
final class OwnershipCheck {
    private final Inventory inventory;

    OwnershipCheck(Inventory inventory) {
        this.inventory = inventory;
    }

    Stream<DriftFinding> findings() {
        return Stream.of(bindings(), servers(), secrets(), serverObjects(), duplicates(), retained())
                .flatMap(found -> found);
    }

    private Stream<DriftFinding> bindings() {
        return inventory.bindings().stream()
                .filter(binding ->
                        inventory.instance(binding.getSpec().instanceRef()).isEmpty())
                .map(binding -> DriftFinding.of(
                        NO_OWNER,
                        binding,
                        "there is no PostgresInstance " + binding.getSpec().instanceRef()));
    }

    /** A server without any owner was made by hand and is nobody's mistake. */
    private Stream<DriftFinding> servers() {
        return inventory.servers().stream()
                .filter(server -> isOrphan(server, PostgresInstance.class, inventory.instances()))
                .map(server -> DriftFinding.of(NO_OWNER, server, "the PostgresInstance that claimed it is gone"));
    }

    private Stream<DriftFinding> secrets() {
        return inventory.bindingSecrets().stream()
                .filter(secret -> !belongs(secret, PostgresBinding.class, inventory.bindings()))
                .map(secret -> DriftFinding.of(NO_OWNER, secret, "the PostgresBinding of these credentials is gone"));
    }

    private Stream<DriftFinding> serverObjects() {
        return inventory.serverObjects().stream()
                .filter(object -> !isOfServer(object))
                .map(object -> DriftFinding.of(NO_OWNER, object, "the PostgresServer that it is part of is gone"));
    }

    /** A pod belongs to its StatefulSet, which belongs to the server; the label tells both. */
    private boolean isOfServer(HasMetadata object) {
        String name = object.getMetadata().getLabels().get(DriftCheck.SERVER_LABEL);
        return inventory.servers().stream()
                .anyMatch(server -> server.getMetadata().getName().equals(name)
                        && Inventory.owner(object, PostgresServer.class)
                                .map(owner -> Inventory.owns(server, owner))
                                .orElse(true));
    }

    private Stream<DriftFinding> duplicates() {
        Set<String> claimed = new HashSet<>();
        return inventory.servers().stream()
                .filter(server -> Inventory.owner(server, PostgresInstance.class)
                        .filter(owner -> !claimed.add(owner.getUid()))
                        .isPresent())
                .map(server -> DriftFinding.of(DUPLICATE, server, "its PostgresInstance has another server too"));
    }

    private Stream<DriftFinding> retained() {
        return inventory.retained().stream()
                .map(volume -> DriftFinding.of(RETAINED, volume, "kept when its server was deleted"));
    }

    private static boolean isOrphan(
            HasMetadata object, Class<? extends HasMetadata> kind, List<? extends HasMetadata> owners) {
        return Inventory.owner(object, kind).isPresent() && !belongs(object, kind, owners);
    }

    private static boolean belongs(
            HasMetadata object, Class<? extends HasMetadata> kind, List<? extends HasMetadata> owners) {
        Optional<OwnerReference> reference = Inventory.owner(object, kind);
        return reference.isPresent() && owners.stream().anyMatch(owner -> Inventory.owns(owner, reference.get()));
    }
}
