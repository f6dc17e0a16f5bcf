package dev.howdah.reconciler;

import dev.howdah.crd.Operation;
import dev.howdah.crd.Operation.Type;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresBindingStatus.Phase;
import dev.howdah.crd.PostgresBindingStatus.SecretReference;
import dev.howdah.crd.PostgresInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status that follows from a binding's last one and what was found out since. */
final class BindingStatuses {
    /** What PostgreSQL refuses it will hardly take later, so nobody has to wait for the whole deadline. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    private static final PostgresBindingStatus NONE = new PostgresBindingStatus(null, null, null, null, null, null);

    private BindingStatuses() {}

    static PostgresBindingStatus next(
            PostgresBinding binding, @Nullable PostgresInstance instance, BindingFindings found, Instant now) {
        PostgresBindingStatus old = of(binding);
        Operation operation = operation(current(binding, instance), found, now);
        Long generation = binding.getMetadata().getGeneration();
        return new PostgresBindingStatus(
                phase(operation, found),
                generation,
                Conditions.with(old.conditions(), Map.of(Conditions.READY, found.ready()), generation, now),
                Optional.ofNullable(found.role()).orElse(old.role()),
                Optional.ofNullable(found.secret()).map(SecretReference::new).orElse(old.binding()),
                operation);
    }

    static PostgresBindingStatus deleting(
            PostgresBinding binding, @Nullable PostgresInstance instance, String waitingFor, Instant now) {
        PostgresBindingStatus old = of(binding);
        Operation current = Operations.deletion(
                binding, old.operation(), "unbind-" + binding.getMetadata().getUid(), Type.Unbind, timeout(instance));
        Long generation = binding.getMetadata().getGeneration();
        return new PostgresBindingStatus(
                Phase.Deleting,
                generation,
                Conditions.with(
                        old.conditions(),
                        Map.of(Conditions.READY, Finding.bad("Deleting", waitingFor)),
                        generation,
                        now),
                old.role(),
                old.binding(),
                Operations.waiting(current, waitingFor, now));
    }

    static PostgresBindingStatus of(PostgresBinding binding) {
        return Optional.ofNullable(binding.getStatus()).orElse(NONE);
    }

    /**
     * Whether the next status would be the first of an operation, which sets its deadline for good: the plan's, that only the instance
     * knows.
     */
    static boolean begins(PostgresBinding binding, PostgresBindingStatus next) {
        Operation last = of(binding).operation();
        Operation operation = next.operation();
        return operation != null
                && (last == null
                        || !Objects.equals(last.id(), operation.id())
                        || !Objects.equals(last.startedAt(), operation.startedAt()));
    }

    static boolean wasReady(PostgresBinding binding) {
        return Operations.hasSucceeded(of(binding).operation());
    }

    private static Operation current(PostgresBinding binding, @Nullable PostgresInstance instance) {
        Operation last = of(binding).operation();
        return last != null
                ? last
                : Operations.begin(
                        "bind-" + binding.getMetadata().getUid(),
                        Type.Bind,
                        Instant.parse(binding.getMetadata().getCreationTimestamp()),
                        timeout(instance));
    }

    private static Duration timeout(@Nullable PostgresInstance instance) {
        return instance == null ? InstanceStatuses.DEFAULT_TIMEOUT : InstanceStatuses.timeout(instance);
    }

    private static Operation operation(Operation current, BindingFindings found, Instant now) {
        return switch (found.state()) {
            case USABLE -> Operations.succeeded(current, "the credentials can be used");
            case EXPIRED ->
                Operations.hasSucceeded(current)
                        ? current
                        : Operations.succeeded(current, "the credentials have expired");
            case REFUSED ->
                Operations.hasSucceeded(current)
                        ? current
                        : Operations.refused(current, found.ready().message(), REFUSED_FOR, now);
            case WAITING ->
                Operations.hasSucceeded(current)
                        ? current
                        : Operations.waiting(current, found.ready().message(), now);
        };
    }

    private static Phase phase(Operation operation, BindingFindings found) {
        if (found.state() == BindingFindings.State.EXPIRED) {
            return Phase.Expired;
        }
        return switch (operation.state()) {
            case Succeeded -> Phase.Ready;
            case Failed -> Phase.Failed;
            case InProgress -> Phase.Pending;
        };
    }
}
