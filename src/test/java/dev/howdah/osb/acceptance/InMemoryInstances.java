package dev.howdah.osb.acceptance;

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
import dev.howdah.catalog.ServicePlan;
import dev.howdah.osb.acceptance.InMemoryStore.Instance;
import dev.howdah.osb.acceptance.InMemoryStore.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class InMemoryInstances implements ServiceInstances {
    private final InMemoryStore store;

    InMemoryInstances(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public ProvisionOutcome provision(ProvisionRequest request) {
        synchronized (store) {
            store.settle();
            Instance existing = store.instances.get(request.instanceId());
            return existing == null ? create(request) : compare(existing, request);
        }
    }

    private ProvisionOutcome create(ProvisionRequest request) {
        if (request.plan().asyncOnly() && !request.asyncAccepted()) {
            return new ProvisionOutcome.AsyncRequired();
        }
        Instance instance = new Instance(request);
        store.instances.put(request.instanceId(), instance);
        if (!request.plan().asyncOnly()) {
            return new ProvisionOutcome.Provisioned(instance.seen());
        }
        instance.begin("provision", Phase.PROVISIONING, () -> {});
        return new ProvisionOutcome.InProgress(instance.operation, instance.seen());
    }

    private static ProvisionOutcome compare(Instance existing, ProvisionRequest request) {
        if (existing.phase == Phase.DEPROVISIONING) {
            return new ProvisionOutcome.Busy("The instance is being deprovisioned.");
        }
        ProvisionRequest first = existing.request;
        boolean same = first.offering().id().equals(request.offering().id())
                && (first.plan().id().equals(request.plan().id())
                        || existing.planId.equals(request.plan().id()))
                && (Objects.equals(parameters(first), parameters(request))
                        || existing.parameters.equals(parameters(request)))
                && (first.context().equals(request.context()) || existing.context.equals(request.context()));
        if (!same || existing.phase == Phase.FAILED) {
            return new ProvisionOutcome.Conflicts("The id belongs to an instance with other attributes.");
        }
        return existing.phase == Phase.PROVISIONING
                ? new ProvisionOutcome.InProgress(existing.operation, existing.seen())
                : new ProvisionOutcome.AlreadyProvisioned(existing.seen());
    }

    private static Map<String, Object> parameters(ProvisionRequest request) {
        return request.parameters() == null ? Map.of() : request.parameters();
    }

    @Override
    public UpdateOutcome update(UpdateRequest request) {
        synchronized (store) {
            store.settle();
            Instance instance = store.instances.get(request.instanceId());
            if (instance == null) {
                return new UpdateOutcome.NotFound();
            }
            if (!instance.request.offering().id().equals(request.offering().id())) {
                return new UpdateOutcome.Invalid("service_id is not that of the instance.");
            }
            List<?> wish = Arrays.asList(
                    request.plan(), request.parameters(), request.context(), request.maintenanceVersion());
            if (instance.phase == Phase.UPDATING && wish.equals(instance.lastUpdate)) {
                return new UpdateOutcome.InProgress(instance.operation, instance.seen());
            }
            return instance.phase == Phase.READY
                    ? update(instance, request, wish)
                    : new UpdateOutcome.Busy("Another operation is under way.");
        }
    }

    private static UpdateOutcome update(Instance instance, UpdateRequest request, List<?> wish) {
        ServicePlan current = request.offering().planById(instance.planId).orElseThrow();
        ServicePlan plan = request.plan() == null ? current : request.plan();
        if (!plan.equals(current) && !allowed(current, plan)) {
            return new UpdateOutcome.NotPossible("The plan cannot be changed to that one.", false);
        }
        Map<String, Object> merged = new HashMap<>(instance.parameters);
        if (request.parameters() != null) {
            request.parameters().forEach((key, value) -> merged.merge(key, value, (old, now) -> now));
        }
        if (shrinks(instance.parameters, merged)) {
            return new UpdateOutcome.NotPossible("storage cannot become smaller than what is in use.", false);
        }
        if (request.context() != null) {
            instance.context = request.context();
        }
        if (plan.equals(current) && merged.equals(instance.parameters) && request.maintenanceVersion() == null) {
            return new UpdateOutcome.Updated(instance.seen());
        }
        if (wish.equals(instance.lastUpdate)) {
            return new UpdateOutcome.Updated(instance.seen());
        }
        if (plan.asyncOnly() && !request.asyncAccepted()) {
            return new UpdateOutcome.AsyncRequired();
        }
        instance.lastUpdate = wish;
        instance.begin("update", Phase.UPDATING, () -> {
            instance.planId = plan.id();
            instance.parameters = merged;
            instance.maintenanceVersion = plan.maintenanceVersion();
        });
        return new UpdateOutcome.InProgress(instance.operation, instance.seen());
    }

    private static boolean allowed(ServicePlan current, ServicePlan plan) {
        return current.planUpdateable()
                && (current.updatesTo() == null || current.updatesTo().contains(plan.name()));
    }

    private static boolean shrinks(Map<String, Object> former, Map<String, Object> merged) {
        String before = (String) former.getOrDefault("storage", "0Gi");
        String after = (String) merged.getOrDefault("storage", before);
        return gibibytes(after) < gibibytes(before);
    }

    private static int gibibytes(String quantity) {
        return quantity.endsWith("Gi") ? Integer.parseInt(quantity.replace("Gi", "")) : 0;
    }

    @Override
    public DeprovisionOutcome deprovision(DeprovisionRequest request) {
        synchronized (store) {
            store.settle();
            Instance instance = store.instances.get(request.instanceId());
            if (instance == null) {
                return new DeprovisionOutcome.Gone();
            }
            if (!instance.request.offering().id().equals(request.offeringId())
                    || !instance.planId.equals(request.planId())) {
                return new DeprovisionOutcome.Invalid("service_id or plan_id is not that of the instance.");
            }
            boolean asyncOnly = instance.request.plan().asyncOnly();
            if (asyncOnly && !request.asyncAccepted()) {
                return new DeprovisionOutcome.AsyncRequired();
            }
            if (instance.phase == Phase.DEPROVISIONING) {
                return new DeprovisionOutcome.InProgress(instance.operation);
            }
            instance.begin("deprovision", Phase.DEPROVISIONING, () -> {});
            if (asyncOnly) {
                return new DeprovisionOutcome.InProgress(instance.operation);
            }
            store.settle();
            return new DeprovisionOutcome.Deprovisioned();
        }
    }

    @Override
    public FetchedInstance fetch(InstanceId id) {
        synchronized (store) {
            store.settle();
            Instance instance = store.instances.get(id);
            if (instance == null) {
                return new FetchedInstance.NotFound();
            }
            return switch (instance.phase) {
                case READY -> new FetchedInstance.Found(instance.seen());
                case UPDATING, DEPROVISIONING -> new FetchedInstance.Busy("Another operation is under way.");
                case PROVISIONING, FAILED -> new FetchedInstance.NotFound();
            };
        }
    }

    @Override
    public LastOperation lastOperation(InstanceId id, @Nullable String operation) {
        synchronized (store) {
            store.settle();
            Instance instance = store.instances.get(id);
            if (instance == null) {
                return absent(id, operation);
            }
            return switch (instance.result) {
                case RUNNING -> new LastOperation.InProgress("Waiting for the server.", Duration.ofMillis(1500));
                case SUCCEEDED -> new LastOperation.Succeeded("Done.");
                case FAILED -> failed(instance);
            };
        }
    }

    private LastOperation absent(InstanceId id, @Nullable String operation) {
        if (store.deleted.contains(id)) {
            return new LastOperation.Succeeded("The instance is gone.");
        }
        return operation != null && operation.startsWith("deprovision-")
                ? new LastOperation.Gone()
                : new LastOperation.NotFound();
    }

    private static LastOperation failed(Instance instance) {
        return switch (instance.operationType) {
            case "update" -> new LastOperation.Failed("The update failed.", true, true);
            case "deprovision" -> new LastOperation.Failed("The server does not go away.", false, null);
            default -> new LastOperation.Failed("No node has room for the server.", null, null);
        };
    }
}
