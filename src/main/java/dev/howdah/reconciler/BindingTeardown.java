package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.postgres.DropOutcome.AlreadyAbsent;
import dev.howdah.postgres.DropOutcome.Blocked;
import dev.howdah.postgres.DropOutcome.Dropped;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.reconciler.BindingTarget.Gone;
import dev.howdah.reconciler.BindingTarget.NotYet;
import dev.howdah.reconciler.BindingTarget.Usable;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a binding away: its role, then its Secret. */
final class BindingTeardown {
    static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final PostgresServers servers;
    private final BindingTarget.Finder targets;
    private final BindingSecretStep secrets;
    private final Tombstones tombstones;

    BindingTeardown(
            PostgresServers servers, BindingTarget.Finder targets, BindingSecretStep secrets, Tombstones tombstones) {
        this.servers = servers;
        this.targets = targets;
        this.secrets = secrets;
        this.tombstones = tombstones;
    }

    /** Removes what is still there. @return what it waits for; empty when nothing is left */
    Optional<String> remaining(PostgresBinding binding, @Nullable PostgresInstance instance) {
        Optional<String> role = role(binding, instance);
        if (role.isEmpty()) {
            secrets.delete(binding);
        }
        return role;
    }

    /** Remembers that this binding existed and is gone, for a platform that asks late. */
    void bury(PostgresBinding binding) {
        if (binding.getSpec().request() != null) {
            tombstones.add(binding);
        }
    }

    private Optional<String> role(PostgresBinding binding, @Nullable PostgresInstance instance) {
        return switch (targets.of(instance)) {
            case Gone _ -> Optional.empty();
            case NotYet(Finding why) -> neverHadRole(binding) ? Optional.empty() : Optional.of(why.message());
            case Usable target -> neverHadRole(binding) ? Optional.empty() : drop(binding, target);
        };
    }

    /** The Secret is written before the role, so without a Secret that was ever reported or exists there is no role. */
    private boolean neverHadRole(PostgresBinding binding) {
        return BindingStatuses.of(binding).role() == null && !secrets.exists(binding);
    }

    private Optional<String> drop(PostgresBinding binding, Usable target) {
        try {
            return switch (servers.dropLoginRole(target.address(), DatabaseNaming.role(binding), target.database())) {
                case Dropped _ -> Optional.empty();
                case AlreadyAbsent _ -> Optional.empty();
                case Blocked(String why) -> Optional.of("the role cannot be dropped yet: " + why);
            };
        } catch (PostgresException failure) {
            targets.doubt(target, failure);
            return Optional.of("the role cannot be dropped yet: " + failure.getMessage());
        }
    }
}
