package dev.howdah.kubernetes;

import dev.howdah.broker.OperationId;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;

/** The names of operations: every replica finds the same one without having to remember it. */
final class OperationIds {
    static final String PROVISION = "provision-";
    static final String UPDATE = "update-";
    static final String DEPROVISION = "deprovision-";
    static final String BIND = "bind-";
    static final String UNBIND = "unbind-";

    private OperationIds() {}

    static OperationId provision(PostgresInstance instance) {
        return new OperationId(PROVISION + instance.getMetadata().getUid());
    }

    static OperationId update(PostgresInstance instance) {
        return new OperationId(UPDATE + instance.getMetadata().getGeneration());
    }

    static OperationId deprovision(PostgresInstance instance) {
        return new OperationId(DEPROVISION + instance.getMetadata().getUid());
    }

    static OperationId bind(PostgresBinding binding) {
        return new OperationId(BIND + binding.getMetadata().getUid());
    }

    static OperationId unbind(PostgresBinding binding) {
        return new OperationId(UNBIND + binding.getMetadata().getUid());
    }
}
