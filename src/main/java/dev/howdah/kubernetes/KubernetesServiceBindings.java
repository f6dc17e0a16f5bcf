package dev.howdah.kubernetes;

import dev.howdah.broker.BindOutcome;
import dev.howdah.broker.BindRequest;
import dev.howdah.broker.BindingId;
import dev.howdah.broker.FetchedBinding;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.LastOperation;
import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.UnbindOutcome;
import dev.howdah.broker.UnbindRequest;
import dev.howdah.crd.PostgresBinding;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Service bindings are PostgresBindings; their credentials are Secrets. */
final class KubernetesServiceBindings implements ServiceBindings {
    private final WatchedResources<PostgresBinding> bindings;
    private final Binding binding;
    private final Unbinding unbinding;
    private final CredentialSecrets secrets;
    private final Tombstones tombstones;
    private final Duration timePerRequest;

    KubernetesServiceBindings(
            WatchedResources<PostgresBinding> bindings,
            Binding binding,
            Unbinding unbinding,
            CredentialSecrets secrets,
            Tombstones tombstones,
            Duration timePerRequest) {
        this.bindings = bindings;
        this.binding = binding;
        this.unbinding = unbinding;
        this.secrets = secrets;
        this.tombstones = tombstones;
        this.timePerRequest = timePerRequest;
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        return asking(() -> binding.bind(request));
    }

    @Override
    public UnbindOutcome unbind(UnbindRequest request) {
        return asking(() -> unbinding.unbind(request));
    }

    @Override
    public FetchedBinding fetch(InstanceId instanceId, BindingId bindingId) {
        return asking(() -> OwnBinding.find(bindings.store(), instanceId, bindingId)
                .flatMap(this::fetched)
                .orElseGet(FetchedBinding.NotFound::new));
    }

    @Override
    public LastOperation lastOperation(InstanceId instanceId, BindingId bindingId, @Nullable String operation) {
        return asking(() -> OwnBinding.find(bindings.store(), instanceId, bindingId)
                .map(own -> BindingOperation.of(own.resource(), operation))
                .orElseGet(() -> AbsentOperation.of(tombstones.remember(ResourceNames.of(bindingId)), operation)));
    }

    private <R> R asking(Supplier<R> request) {
        return QuestionTime.limited(timePerRequest, request);
    }

    private Optional<FetchedBinding> fetched(OwnBinding own) {
        return switch (own.stage()) {
            case READY, EXPIRED -> secrets.read(own.resource()).map(FetchedBinding.Found::new);
            case PENDING, FAILED, DELETING -> Optional.empty();
        };
    }
}
