package dev.howdah.kubernetes;

import dev.howdah.broker.DeprovisionOutcome;
import dev.howdah.broker.DeprovisionRequest;
import dev.howdah.broker.FetchedInstance;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.LastOperation;
import dev.howdah.broker.ProvisionOutcome;
import dev.howdah.broker.ProvisionRequest;
import dev.howdah.broker.ServiceInstances;
import dev.howdah.broker.UpdateOutcome;
import dev.howdah.broker.UpdateRequest;
import dev.howdah.crd.PostgresInstance;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Service instances are PostgresInstances. */
final class KubernetesServiceInstances implements ServiceInstances {
    private final WatchedResources<PostgresInstance> instances;
    private final Provisioning provisioning;
    private final Updating updating;
    private final Deprovisioning deprovisioning;
    private final Tombstones tombstones;
    private final Duration timePerRequest;

    KubernetesServiceInstances(
            WatchedResources<PostgresInstance> instances,
            Provisioning provisioning,
            Updating updating,
            Deprovisioning deprovisioning,
            Tombstones tombstones,
            Duration timePerRequest) {
        this.instances = instances;
        this.provisioning = provisioning;
        this.updating = updating;
        this.deprovisioning = deprovisioning;
        this.tombstones = tombstones;
        this.timePerRequest = timePerRequest;
    }

    @Override
    public ProvisionOutcome provision(ProvisionRequest request) {
        return asking(() -> provisioning.provision(request));
    }

    @Override
    public UpdateOutcome update(UpdateRequest request) {
        return asking(() -> updating.update(request));
    }

    @Override
    public DeprovisionOutcome deprovision(DeprovisionRequest request) {
        return asking(() -> deprovisioning.deprovision(request));
    }

    @Override
    public FetchedInstance fetch(InstanceId id) {
        return asking(() -> OwnInstance.find(instances.store(), id)
                .map(KubernetesServiceInstances::fetched)
                .orElseGet(FetchedInstance.NotFound::new));
    }

    @Override
    public LastOperation lastOperation(InstanceId id, @Nullable String operation) {
        return asking(() -> OwnInstance.find(instances.store(), id)
                .map(own -> InstanceOperation.of(own.resource(), operation))
                .orElseGet(() -> AbsentOperation.of(tombstones.remember(ResourceNames.of(id)), operation)));
    }

    private <R> R asking(Supplier<R> request) {
        return QuestionTime.limited(timePerRequest, request);
    }

    private static FetchedInstance fetched(OwnInstance own) {
        return switch (own.stage()) {
            case PROVISIONING, PROVISION_FAILED -> new FetchedInstance.NotFound();
            case UPDATING -> new FetchedInstance.Busy("The instance is being updated");
            case DELETING -> new FetchedInstance.Busy("The instance is being deprovisioned");
            case READY, UPDATE_FAILED -> new FetchedInstance.Found(own.view());
        };
    }
}
