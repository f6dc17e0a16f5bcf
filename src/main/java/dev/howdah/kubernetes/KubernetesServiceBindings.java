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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Service bindings are PostgresBindings; their credentials are Secrets. */
final class KubernetesServiceBindings implements ServiceBindings {
    private final WatchedResources<PostgresBinding> bindings;
    private final Binding binding;
    private final Unbinding unbinding;
    private final CredentialSecrets secrets;
    private final Tombstones tombstones;

    KubernetesServiceBindings(
            WatchedResources<PostgresBinding> bindings,
            Binding binding,
            Unbinding unbinding,
            CredentialSecrets secrets,
            Tombstones tombstones) {
        this.bindings = bindings;
        this.binding = binding;
        this.unbinding = unbinding;
        this.secrets = secrets;
        this.tombstones = tombstones;
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        return binding.bind(request);
    }

    @Override
    public UnbindOutcome unbind(UnbindRequest request) {
        return unbinding.unbind(request);
    }

    @Override
    public FetchedBinding fetch(InstanceId instanceId, BindingId bindingId) {
        return OwnBinding.find(bindings.store(), instanceId, bindingId)
                .flatMap(this::fetched)
                .orElseGet(FetchedBinding.NotFound::new);
    }

    @Override
    public LastOperation lastOperation(InstanceId instanceId, BindingId bindingId, @Nullable String operation) {
        return OwnBinding.find(bindings.store(), instanceId, bindingId)
                .map(own -> BindingOperation.of(own.resource(), operation))
                .orElseGet(() -> AbsentOperation.of(tombstones.remember(ResourceNames.of(bindingId)), operation));
    }

    private Optional<FetchedBinding> fetched(OwnBinding own) {
        return switch (own.stage()) {
            case READY, EXPIRED -> secrets.read(own.resource()).map(FetchedBinding.Found::new);
            case PENDING, FAILED, DELETING -> Optional.empty();
        };
    }
}
