package dev.howdah.kubernetes;

import dev.howdah.broker.InstanceId;
import dev.howdah.broker.ServiceInstance;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import java.util.Optional;

/** An instance that a platform made. Those written by hand are none of a platform's business. */
record OwnInstance(PostgresInstance resource, PostgresInstanceSpec spec, OsbRequest request) {

    static Optional<OwnInstance> find(ResourceStore<PostgresInstance> store, InstanceId id) {
        return store.find(ResourceNames.of(id))
                .flatMap(OwnInstance::of)
                .filter(own -> own.request().id().equals(id.value()));
    }

    static Optional<OwnInstance> of(PostgresInstance resource) {
        return Optional.ofNullable(resource.getSpec().request())
                .map(request -> new OwnInstance(resource, resource.getSpec(), request));
    }

    InstanceStage stage() {
        return InstanceStage.of(resource);
    }

    ServiceInstance view() {
        return InstanceView.of(resource);
    }

    /** A copy to write: of the resource as it was read, with another spec. */
    PostgresInstance with(PostgresInstanceSpec newSpec) {
        PostgresInstance copy = new PostgresInstance();
        copy.setMetadata(resource.getMetadata());
        copy.setSpec(newSpec);
        copy.setStatus(resource.getStatus());
        return copy;
    }
}
