package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.postgres.Access;
import dev.howdah.postgres.LoginRole;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.postgres.RejectedException;
import dev.howdah.postgres.RoleName;
import dev.howdah.reconciler.BindingFindings.State;
import dev.howdah.reconciler.BindingTarget.Gone;
import dev.howdah.reconciler.BindingTarget.NotYet;
import dev.howdah.reconciler.BindingTarget.Usable;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives a binding its Secret, then its login role, and takes the role's right to log in when it expires. */
final class BindingConvergence {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration WHILE_WAITING = Duration.ofSeconds(15);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);

    private final PostgresServers servers;
    private final BindingTarget.Finder targets;
    private final BindingSecretStep secrets;
    private final EventRecorder events;
    private final RecentChecks checks;
    private final Duration drift;
    private final Clock clock;

    /** @param drift how soon a role that a person changed is put back */
    BindingConvergence(
            PostgresServers servers,
            BindingTarget.Finder targets,
            BindingSecretStep secrets,
            EventRecorder events,
            Duration drift,
            Clock clock) {
        this.servers = servers;
        this.targets = targets;
        this.secrets = secrets;
        this.events = events;
        this.checks = new RecentChecks(clock);
        this.drift = drift;
        this.clock = clock;
    }

    BindingFindings converge(PostgresBinding binding, @Nullable PostgresInstance instance, @Nullable Secret seen) {
        if (instance == null) {
            return BindingFindings.waiting(
                    Finding.bad(
                            "InstanceMissing",
                            "there is no PostgresInstance " + binding.getSpec().instanceRef()),
                    WHILE_WAITING);
        }
        boolean instanceWorks =
                Conditions.isTrue(InstanceStatuses.of(instance).conditions(), Conditions.DATABASE_READY);
        if (!instanceWorks) {
            return BindingFindings.waiting(
                    Finding.bad("WaitingForInstance", "the instance is not ready yet"), WHILE_WAITING);
        }
        if (seen != null
                && BindingStatuses.wasReady(binding)
                && !isExpired(binding)
                && checks.knows(
                        uid(binding),
                        steadyState(binding, instance, seen.getMetadata().getResourceVersion()),
                        checks.interval(drift))) {
            return usable(binding);
        }
        return switch (targets.of(instance)) {
            case Gone _ ->
                BindingFindings.waiting(Finding.bad("InstanceDeleted", "the instance is being deleted"), WHILE_WAITING);
            case NotYet(Finding why) -> BindingFindings.waiting(why, WHILE_WAITING);
            case Usable target -> onTarget(binding, instance, target, seen);
        };
    }

    void forget(PostgresBinding binding) {
        checks.forget(uid(binding));
    }

    private BindingFindings onTarget(
            PostgresBinding binding, PostgresInstance instance, Usable target, @Nullable Secret seen) {
        try {
            return isExpired(binding) ? expire(binding, target) : grant(binding, instance, target, seen);
        } catch (RejectedException refused) {
            return BindingFindings.refused(
                    Finding.bad("RoleRefused", String.valueOf(refused.getMessage())), AFTER_TROUBLE);
        } catch (PostgresException failure) {
            targets.doubt(target, failure);
            return BindingFindings.waiting(
                    Finding.bad("RoleWaiting", "the role cannot be made yet: " + failure.getMessage()), RETRY);
        }
    }

    private BindingFindings grant(
            PostgresBinding binding, PostgresInstance instance, Usable target, @Nullable Secret seen) {
        RoleName role = DatabaseNaming.role(binding);
        // Side by side with the making of the role, which waits for it before anybody can see the role.
        CompletableFuture<BindingSecretStep.Result> written = SideBySide.begin(() -> secrets.ensure(
                binding, seen, target.endpoint(), target.database().value(), role.value()));
        try {
            servers.ensureLoginRole(
                    target.address(),
                    login(
                            binding,
                            target,
                            role,
                            () -> SideBySide.result(written).password()));
        } finally {
            announce(binding, SideBySide.result(written));
        }
        checks.remember(
                uid(binding),
                steadyState(binding, instance, SideBySide.result(written).resourceVersion()));
        return usable(binding);
    }

    private void announce(PostgresBinding binding, BindingSecretStep.Result secret) {
        if (secret.isNew() && BindingStatuses.wasReady(binding)) {
            events.warning(
                    binding,
                    "CredentialsRotated",
                    "the Secret was gone; the credentials in the new one replace the old");
        }
    }

    private BindingFindings expire(PostgresBinding binding, Usable target) {
        RoleName role = DatabaseNaming.role(binding);
        servers.disableLoginRole(target.address(), role);
        return new BindingFindings(
                State.EXPIRED,
                Finding.bad(
                        "Expired",
                        "the credentials expired at " + binding.getSpec().expiresAt()),
                role.value(),
                null,
                drift);
    }

    private BindingFindings usable(PostgresBinding binding) {
        Duration interval = checks.interval(drift);
        return new BindingFindings(
                State.USABLE,
                Finding.good("Ready", "the credentials can be used"),
                DatabaseNaming.role(binding).value(),
                BindingSecretStep.name(binding),
                untilExpiry(binding)
                        .filter(left -> left.compareTo(interval) < 0)
                        .orElse(interval));
    }

    private static LoginRole login(PostgresBinding binding, Usable target, RoleName role, Supplier<String> password) {
        PostgresBindingSpec spec = binding.getSpec();
        return new LoginRole(
                role,
                target.database(),
                spec.access() == PostgresBindingSpec.Access.READ_ONLY ? Access.READ_ONLY : Access.READ_WRITE,
                password,
                spec.connectionLimit(),
                spec.statementTimeout(),
                spec.searchPath(),
                expiry(binding).orElse(null));
    }

    private boolean isExpired(PostgresBinding binding) {
        return expiry(binding).filter(at -> !clock.instant().isBefore(at)).isPresent();
    }

    private Optional<Duration> untilExpiry(PostgresBinding binding) {
        return expiry(binding)
                .map(at -> Duration.between(clock.instant(), at).plusMillis(10))
                .map(left -> left.isNegative() ? Duration.ofMillis(10) : left);
    }

    private static Optional<Instant> expiry(PostgresBinding binding) {
        return Optional.ofNullable(binding.getSpec().expiresAt())
                .map(time -> OffsetDateTime.parse(time).toInstant());
    }

    /** Everything that a look at the server and the Secret depends on; the same again needs no look. */
    private static Object steadyState(PostgresBinding binding, PostgresInstance instance, String secretVersion) {
        return List.of(
                String.valueOf(binding.getMetadata().getGeneration()),
                secretVersion,
                String.valueOf(InstanceStatuses.of(instance).endpoint()),
                String.valueOf(InstanceStatuses.of(instance).server()),
                String.valueOf(Conditions.find(InstanceStatuses.of(instance).conditions(), Conditions.DATABASE_READY)
                        .map(condition -> condition.getLastTransitionTime())));
    }

    private static String uid(PostgresBinding binding) {
        return binding.getMetadata().getUid();
    }
}
