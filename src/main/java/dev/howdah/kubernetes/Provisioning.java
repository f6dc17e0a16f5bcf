package dev.howdah.kubernetes;

import dev.howdah.broker.ProvisionOutcome;
import dev.howdah.broker.ProvisionRequest;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;

/** OSB, Provisioning: creates the resource, or finds the one that the same request created before. */
final class Provisioning {
    private static final int ATTEMPTS = 5;

    private final WatchedResources<PostgresInstance> instances;
    private final InstanceSpecs specs;
    private final AnswerSettings answers;

    Provisioning(WatchedResources<PostgresInstance> instances, InstanceSpecs specs, AnswerSettings answers) {
        this.instances = instances;
        this.specs = specs;
        this.answers = answers;
    }

    ProvisionOutcome provision(ProvisionRequest request) {
        return switch (specs.resolve(request)) {
            case Resolution.Refused(String reason) -> new ProvisionOutcome.Invalid(reason);
            case Resolution.Resolved(PostgresInstanceSpec spec) -> provision(request, spec);
        };
    }

    private ProvisionOutcome provision(ProvisionRequest request, PostgresInstanceSpec spec) {
        String name = ResourceNames.of(request.instanceId());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<PostgresInstance> existing = instances.store().find(name);
            if (existing.isPresent()) {
                return compare(request, existing.get());
            }
            if (request.plan().asyncOnly() && !request.asyncAccepted()) {
                return new ProvisionOutcome.AsyncRequired();
            }
            switch (instances.store().create(instance(name, spec))) {
                case Written.Done<PostgresInstance>(PostgresInstance created) -> {
                    return answer(request, created, true);
                }
                case Written.Refused<PostgresInstance>(String reason) -> {
                    return new ProvisionOutcome.Invalid(reason);
                }
                case Written.Overtaken<PostgresInstance>() -> {
                    // a request at the same moment has created it: compare with that one
                }
            }
        }
        return new ProvisionOutcome.Busy("Other requests for this instance are under way");
    }

    private ProvisionOutcome compare(ProvisionRequest request, PostgresInstance existing) {
        Optional<String> difference = InstanceComparison.difference(request, existing);
        if (difference.isPresent()) {
            return new ProvisionOutcome.Conflicts(difference.get());
        }
        return switch (InstanceStage.of(existing)) {
            case DELETING -> new ProvisionOutcome.Busy("The instance is being deprovisioned");
            case PROVISIONING, PROVISION_FAILED -> resume(request, existing);
            case READY, UPDATING, UPDATE_FAILED -> new ProvisionOutcome.AlreadyProvisioned(InstanceView.of(existing));
        };
    }

    private ProvisionOutcome resume(ProvisionRequest request, PostgresInstance existing) {
        if (request.asyncAccepted()) {
            return new ProvisionOutcome.InProgress(OperationIds.provision(existing), InstanceView.of(existing));
        }
        return request.plan().asyncOnly() ? new ProvisionOutcome.AsyncRequired() : answer(request, existing, false);
    }

    private ProvisionOutcome answer(ProvisionRequest request, PostgresInstance known, boolean created) {
        Optional<PostgresInstance> settled = instances
                .watch()
                .await(
                        known,
                        instance -> InstanceStage.of(instance) != InstanceStage.PROVISIONING,
                        answers.instance(request.asyncAccepted()));
        PostgresInstance instance = settled.orElse(known);
        boolean ready = settled.isPresent() && InstanceStage.of(instance) == InstanceStage.READY;
        if (ready) {
            return created
                    ? new ProvisionOutcome.Provisioned(InstanceView.of(instance))
                    : new ProvisionOutcome.AlreadyProvisioned(InstanceView.of(instance));
        }
        return request.asyncAccepted()
                ? new ProvisionOutcome.InProgress(OperationIds.provision(known), InstanceView.of(known))
                : new ProvisionOutcome.Busy(InstanceOperation.description(instance, "The database is being made"));
    }

    private static PostgresInstance instance(String name, PostgresInstanceSpec spec) {
        PostgresInstance instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .addToLabels("app.kubernetes.io/managed-by", "howdah")
                .addToFinalizers(PostgresInstance.FINALIZER)
                .build());
        instance.setSpec(spec);
        return instance;
    }
}
