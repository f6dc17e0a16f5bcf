package dev.howdah.osb.acceptance;

import dev.howdah.broker.BindRequest;
import dev.howdah.broker.BindingId;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.OperationId;
import dev.howdah.broker.ProvisionRequest;
import dev.howdah.broker.ServiceBinding;
import dev.howdah.broker.ServiceInstance;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the broker in memory knows. All access is under one lock. */
final class InMemoryStore {
    enum Phase {
        PROVISIONING,
        READY,
        UPDATING,
        DEPROVISIONING,
        FAILED
    }

    /** What an operation has come to. */
    enum Result {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    static final class Instance {
        final ProvisionRequest request;
        String planId;
        Map<String, Object> parameters;
        Map<String, Object> context;
        String maintenanceVersion;
        Phase phase;
        String operationType;
        OperationId operation;
        Result result = Result.SUCCEEDED;
        Runnable pending = () -> {};
        Object lastUpdate;

        Instance(ProvisionRequest request) {
            this.request = request;
            this.planId = request.plan().id();
            this.parameters = request.parameters() == null ? Map.of() : request.parameters();
            this.context = request.context();
            this.maintenanceVersion = request.plan().maintenanceVersion();
            this.phase = Phase.READY;
            this.operationType = "provision";
            this.operation = operation("provision");
        }

        ServiceInstance seen() {
            return new ServiceInstance(
                    request.instanceId(),
                    request.offering().id(),
                    planId,
                    parameters,
                    "https://dashboard.example/" + request.instanceId().value().hashCode(),
                    maintenanceVersion,
                    Map.of("plan", planId),
                    Map.of("context", context));
        }

        void begin(String type, Phase during, Runnable change) {
            phase = during;
            operationType = type;
            operation = operation(type);
            result = Result.RUNNING;
            pending = change;
        }
    }

    static final class Binding {
        final BindRequest request;
        final ServiceBinding seen;
        boolean ready;
        boolean failed;
        boolean unbinding;
        OperationId operation = operation("bind");

        Binding(BindRequest request, ServiceBinding seen, boolean ready) {
            this.request = request;
            this.seen = seen;
            this.ready = ready;
        }
    }

    final Clock clock;
    final Map<InstanceId, Instance> instances = new HashMap<>();
    final Map<InstanceId, Map<BindingId, Binding>> bindings = new HashMap<>();
    final Set<Object> deleted = new HashSet<>();
    private boolean held;
    private boolean broken;

    InMemoryStore(Clock clock) {
        this.clock = clock;
    }

    static OperationId operation(String type) {
        return new OperationId(type + "-" + UUID.randomUUID());
    }

    synchronized void hold() {
        held = true;
    }

    synchronized void release() {
        held = false;
        settle();
    }

    synchronized void breakDown() {
        settle();
        broken = true;
    }

    synchronized void recover() {
        settle();
        broken = false;
    }

    synchronized boolean isBroken() {
        return broken;
    }

    synchronized boolean held() {
        return held;
    }

    synchronized void forgetTheDeleted() {
        deleted.clear();
    }

    synchronized int size() {
        settle();
        return instances.size() + bindings.values().stream().mapToInt(Map::size).sum();
    }

    synchronized boolean hasCredentials(Map<String, String> credentials) {
        settle();
        return bindings.values().stream()
                .flatMap(ofInstance -> ofInstance.values().stream())
                .anyMatch(binding -> binding.seen.credentials().equals(credentials));
    }

    /** Lets operations end, unless they are held. */
    void settle() {
        if (held) {
            return;
        }
        List.copyOf(instances.values()).forEach(this::settle);
        List.copyOf(bindings.values())
                .forEach(ofInstance -> List.copyOf(ofInstance.values()).forEach(binding -> {
                    if (binding.unbinding) {
                        ofInstance.remove(binding.request.bindingId());
                        deleted.add(List.of(binding.request.instanceId(), binding.request.bindingId()));
                    } else if (!binding.ready && broken) {
                        binding.failed = true;
                    } else if (!binding.failed) {
                        binding.ready = true;
                    }
                }));
    }

    private void settle(Instance instance) {
        if (instance.result != Result.RUNNING) {
            return;
        }
        if (broken) {
            instance.result = Result.FAILED;
            instance.phase = instance.phase == Phase.UPDATING ? Phase.READY : Phase.FAILED;
            return;
        }
        instance.result = Result.SUCCEEDED;
        if (instance.phase == Phase.DEPROVISIONING) {
            instances.remove(instance.request.instanceId());
            bindings.remove(instance.request.instanceId());
            deleted.add(instance.request.instanceId());
            return;
        }
        instance.phase = Phase.READY;
        instance.pending.run();
    }
}
