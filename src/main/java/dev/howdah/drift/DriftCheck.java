package dev.howdah.drift;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.drift.Inventory.RolesOfInstance;
import dev.howdah.workload.ServerManifests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Takes the inventory and looks for what does not agree in it. */
final class DriftCheck {
    static final String SERVER_LABEL = ServerManifests.SERVER_LABEL;

    private final Census census;
    private final String namespace;
    private final Clock clock;

    DriftCheck(Census census, String namespace, Clock clock) {
        this.census = census;
        this.namespace = namespace;
        this.clock = clock;
    }

    DriftReport report() {
        Inventory inventory = census.take();
        Instant now = clock.instant();
        return new DriftReport(
                now,
                namespace,
                Map.of(
                        "instances", inventory.instances().size(),
                        "bindings", inventory.bindings().size(),
                        "servers", inventory.servers().size(),
                        "serverObjects", inventory.serverObjects().size()),
                findings(inventory, now),
                unchecked(inventory));
    }

    static List<DriftFinding> findings(Inventory inventory, Instant now) {
        return Stream.of(
                        new OwnershipCheck(inventory).findings(),
                        new CredentialsCheck(inventory).findings(),
                        new OperationsCheck(inventory, now).findings())
                .flatMap(found -> found)
                .toList();
    }

    /** Only of instances with bindings is there anything to ask. */
    private static List<String> unchecked(Inventory inventory) {
        List<String> asked =
                inventory.roles().stream().map(RolesOfInstance::instance).toList();
        return inventory.instances().stream()
                .filter(instance -> !instance.isMarkedForDeletion())
                .map(instance -> instance.getMetadata().getName())
                .filter(name -> !asked.contains(name))
                .toList();
    }

    static boolean isOf(PostgresBinding binding, PostgresInstance instance) {
        return binding.getSpec().instanceRef().equals(instance.getMetadata().getName());
    }
}
