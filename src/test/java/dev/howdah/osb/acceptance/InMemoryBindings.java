package dev.howdah.osb.acceptance;

import dev.howdah.broker.BindOutcome;
import dev.howdah.broker.BindRequest;
import dev.howdah.broker.BindingId;
import dev.howdah.broker.FetchedBinding;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.LastOperation;
import dev.howdah.broker.ServiceBinding;
import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.UnbindOutcome;
import dev.howdah.broker.UnbindRequest;
import dev.howdah.osb.acceptance.InMemoryStore.Binding;
import dev.howdah.osb.acceptance.InMemoryStore.Instance;
import dev.howdah.osb.acceptance.InMemoryStore.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class InMemoryBindings implements ServiceBindings {
    private final InMemoryStore store;

    InMemoryBindings(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        synchronized (store) {
            store.settle();
            Instance instance = store.instances.get(request.instanceId());
            if (instance == null) {
                return new BindOutcome.InstanceNotFound();
            }
            if (instance.phase != Phase.READY) {
                return new BindOutcome.Busy("The instance is not ready.");
            }
            if (request.plan() != null && !instance.planId.equals(request.plan().id())
                    || request.offering() != null
                            && !instance.request
                                    .offering()
                                    .id()
                                    .equals(request.offering().id())) {
                return new BindOutcome.Invalid("service_id or plan_id is not that of the instance.");
            }
            Binding existing = ofInstance(request.instanceId()).get(request.bindingId());
            return existing == null ? create(request) : compare(existing, request);
        }
    }

    private BindOutcome create(BindRequest request) {
        Map<String, Object> parameters = request.parameters() == null ? Map.of() : request.parameters();
        if (request.predecessor() != null) {
            Binding predecessor = ofInstance(request.instanceId()).get(request.predecessor());
            if (predecessor == null || expired(predecessor)) {
                return new BindOutcome.Invalid("predecessor_binding_id is not a valid binding of the instance.");
            }
            if (!predecessor.ready) {
                return new BindOutcome.Busy("The predecessor is still being made.");
            }
            parameters = predecessor.seen.parameters();
        }
        if (store.held() && !request.asyncAccepted()) {
            return new BindOutcome.AsyncRequired();
        }
        Binding binding = new Binding(request, credentials(request, parameters), !store.held());
        ofInstance(request.instanceId()).put(request.bindingId(), binding);
        return binding.ready ? new BindOutcome.Bound(binding.seen) : new BindOutcome.InProgress(binding.operation);
    }

    private static BindOutcome compare(Binding existing, BindRequest request) {
        BindRequest first = existing.request;
        boolean same = Objects.equals(orEmpty(first.parameters()), orEmpty(request.parameters()))
                && first.bindResource().equals(request.bindResource())
                && Objects.equals(first.predecessor(), request.predecessor());
        if (!same || existing.failed) {
            return new BindOutcome.Conflicts("The id belongs to a binding with other attributes.");
        }
        if (existing.unbinding) {
            return new BindOutcome.Busy("The binding is being deleted.");
        }
        return existing.ready
                ? new BindOutcome.AlreadyBound(existing.seen)
                : new BindOutcome.InProgress(existing.operation);
    }

    private static Map<String, Object> orEmpty(@Nullable Map<String, Object> map) {
        return map == null ? Map.of() : map;
    }

    private ServiceBinding credentials(BindRequest request, Map<String, Object> parameters) {
        String password = UUID.randomUUID().toString();
        Map<String, String> credentials = new HashMap<>();
        credentials.put("username", "u" + request.bindingId().value().hashCode());
        credentials.put("password", password);
        credentials.put("host", "127.0.0.1");
        credentials.put("port", "5432");
        credentials.put("uri", "postgresql://u:%s@127.0.0.1:5432/db".formatted(password));
        Instant expires = parameters.containsKey("expires_after")
                ? store.clock.instant().plus(Duration.ofSeconds(((Number) parameters.get("expires_after")).longValue()))
                : null;
        return new ServiceBinding(
                request.bindingId(),
                credentials,
                List.of(new ServiceBinding.Endpoint("127.0.0.1", List.of("5432"), "tcp")),
                parameters,
                expires,
                expires == null ? null : expires.minusSeconds(10));
    }

    private boolean expired(Binding binding) {
        Instant expires = binding.seen.expiresAt();
        return expires != null && expires.isBefore(store.clock.instant());
    }

    @Override
    public UnbindOutcome unbind(UnbindRequest request) {
        synchronized (store) {
            store.settle();
            Binding binding = ofInstance(request.instanceId()).get(request.bindingId());
            Instance instance = store.instances.get(request.instanceId());
            if (binding == null || instance == null) {
                return new UnbindOutcome.Gone();
            }
            if (!instance.request.offering().id().equals(request.offeringId())
                    || !instance.planId.equals(request.planId())) {
                return new UnbindOutcome.Invalid("service_id or plan_id is not that of the binding.");
            }
            if (store.held() && !request.asyncAccepted()) {
                return new UnbindOutcome.Busy("It takes longer; repeat the request.");
            }
            if (!binding.unbinding) {
                binding.unbinding = true;
                binding.operation = InMemoryStore.operation("unbind");
            }
            if (store.held()) {
                return new UnbindOutcome.InProgress(binding.operation);
            }
            store.settle();
            return new UnbindOutcome.Unbound();
        }
    }

    @Override
    public FetchedBinding fetch(InstanceId instanceId, BindingId bindingId) {
        synchronized (store) {
            store.settle();
            Binding binding = ofInstance(instanceId).get(bindingId);
            return binding == null || !binding.ready || binding.unbinding
                    ? new FetchedBinding.NotFound()
                    : new FetchedBinding.Found(binding.seen);
        }
    }

    @Override
    public LastOperation lastOperation(InstanceId instanceId, BindingId bindingId, @Nullable String operation) {
        synchronized (store) {
            store.settle();
            Binding binding = ofInstance(instanceId).get(bindingId);
            if (binding == null) {
                return absent(instanceId, bindingId, operation);
            }
            if (binding.failed) {
                return new LastOperation.Failed("The role could not be made.", null, null);
            }
            return binding.ready && !binding.unbinding
                    ? new LastOperation.Succeeded("Done.")
                    : new LastOperation.InProgress("Waiting for the role.", Duration.ofSeconds(1));
        }
    }

    private LastOperation absent(InstanceId instanceId, BindingId bindingId, @Nullable String operation) {
        if (store.deleted.contains(List.of(instanceId, bindingId))) {
            return new LastOperation.Succeeded("The binding is gone.");
        }
        return operation != null && operation.startsWith("unbind-")
                ? new LastOperation.Gone()
                : new LastOperation.NotFound();
    }

    private Map<BindingId, Binding> ofInstance(InstanceId id) {
        return store.bindings.computeIfAbsent(id, unused -> new HashMap<>());
    }
}
