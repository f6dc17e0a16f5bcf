package dev.howdah.kubernetes;

import dev.howdah.broker.BindingId;
import dev.howdah.broker.InstanceId;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresBinding;
import java.util.Optional;

/** A binding that a platform made, of the instance it names. */
record OwnBinding(PostgresBinding resource, OsbRequest request) {

    static Optional<OwnBinding> find(ResourceStore<PostgresBinding> store, InstanceId instance, BindingId id) {
        return store.find(ResourceNames.of(id))
                .flatMap(OwnBinding::of)
                .filter(own -> own.request().id().equals(id.value()))
                .filter(own -> instance.value().equals(own.request().instanceId()));
    }

    static Optional<OwnBinding> of(PostgresBinding resource) {
        return Optional.ofNullable(resource.getSpec().request()).map(request -> new OwnBinding(resource, request));
    }

    BindingStage stage() {
        return BindingStage.of(resource);
    }
}
