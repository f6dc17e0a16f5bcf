package dev.howdah.reconciler;

import dev.howdah.crd.Operation;
import dev.howdah.crd.Operation.Type;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import dev.howdah.crd.PostgresBindingStatus.Phase;
import dev.howdah.crd.PostgresBindingStatus.SecretReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The status that follows from a binding's last one and what was found out since. */
final class BindingStatuses {
    /** What PostgreSQL refuses it will hardly take later, so nobody has to wait for the whole deadline. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    private static final PostgresBindingStatus NONE = new PostgresBindingStatus(null, null, null, null, null, null);

    private BindingStatuses() {}

    /** @param timeout of the operation, if it begins now: an outage of the API server or of a server is to fit in */
    static PostgresBindingStatus next(PostgresBinding binding, BindingFindings found, Duration timeout, Instant now) {
        PostgresBindingStatus old = of(binding);
        Operation operation = operation(current(binding, timeout), found, now);
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
            PostgresBinding binding, String waitingFor, Duration timeout, Instant now) {
        PostgresBindingStatus old = of(binding);
        Operation current = Operations.deletion(
                binding, old.operation(), "unbind-" + binding.getMetadata().getUid(), Type.Unbind, timeout);
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

    static boolean wasReady(PostgresBinding binding) {
        return Operations.hasSucceeded(of(binding).operation());
    }

    private static Operation current(PostgresBinding binding, Duration timeout) {
        Operation last = of(binding).operation();
        return last != null
                ? last
                : Operations.begin(
                        "bind-" + binding.getMetadata().getUid(),
                        Type.Bind,
                        Instant.parse(binding.getMetadata().getCreationTimestamp()),
                        timeout);
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
