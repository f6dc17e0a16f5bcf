package dev.howdah.osb;

import dev.howdah.broker.BindOutcome;
import dev.howdah.broker.BindRequest;
import dev.howdah.broker.BindingId;
import dev.howdah.broker.FetchedBinding;
import dev.howdah.broker.FetchedInstance;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.LastOperation;
import dev.howdah.broker.OperationId;
import dev.howdah.broker.ServiceBinding;
import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.ServiceInstances;
import dev.howdah.broker.UnbindOutcome;
import dev.howdah.broker.UnbindRequest;
import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.binding.CreateServiceInstanceAppBindingResponse;
import org.springframework.cloud.servicebroker.model.binding.CreateServiceInstanceBindingRequest;
import org.springframework.cloud.servicebroker.model.binding.CreateServiceInstanceBindingResponse;
import org.springframework.cloud.servicebroker.model.binding.DeleteServiceInstanceBindingRequest;
import org.springframework.cloud.servicebroker.model.binding.DeleteServiceInstanceBindingResponse;
import org.springframework.cloud.servicebroker.model.binding.Endpoint;
import org.springframework.cloud.servicebroker.model.binding.GetLastServiceBindingOperationRequest;
import org.springframework.cloud.servicebroker.model.binding.GetLastServiceBindingOperationResponse;
import org.springframework.cloud.servicebroker.model.binding.GetServiceInstanceAppBindingResponse;
import org.springframework.cloud.servicebroker.model.binding.GetServiceInstanceBindingRequest;
import org.springframework.cloud.servicebroker.model.binding.GetServiceInstanceBindingResponse;
import org.springframework.cloud.servicebroker.service.ServiceInstanceBindingService;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** The four calls of the API on service bindings; see {@link InstanceEndpoints}. */
final class BindingEndpoints implements ServiceInstanceBindingService {
    private final ServiceBindings bindings;
    private final ServiceInstances instances;
    private final RequestedPlans plans;

    BindingEndpoints(ServiceBindings bindings, ServiceInstances instances, RequestedPlans plans) {
        this.bindings = bindings;
        this.instances = instances;
        this.plans = plans;
    }

    @Override
    public Mono<CreateServiceInstanceBindingResponse> createServiceInstanceBinding(
            CreateServiceInstanceBindingRequest request) {
        return Mono.fromCallable(() -> bind((BindBody) request));
    }

    @Override
    public Mono<DeleteServiceInstanceBindingResponse> deleteServiceInstanceBinding(
            DeleteServiceInstanceBindingRequest request) {
        return Mono.fromCallable(() -> unbind(request));
    }

    @Override
    public Mono<GetServiceInstanceBindingResponse> getServiceInstanceBinding(GetServiceInstanceBindingRequest request) {
        return Mono.fromCallable(() -> {
            InstanceId instanceId = Requests.instanceId(request.getServiceInstanceId());
            BindingId bindingId = Requests.bindingId(request.getBindingId());
            return switch (bindings.fetch(instanceId, bindingId)) {
                case FetchedBinding.Found(ServiceBinding binding) -> fetched(binding);
                case FetchedBinding.NotFound() ->
                    throw OsbException.notFound("There is no such service binding, or it is still being made.");
            };
        });
    }

    @Override
    public Mono<GetLastServiceBindingOperationResponse> getLastOperation(
            GetLastServiceBindingOperationRequest request) {
        return Mono.fromCallable(() -> {
            LastOperation operation = bindings.lastOperation(
                    Requests.instanceId(request.getServiceInstanceId()),
                    Requests.bindingId(request.getBindingId()),
                    InstanceEndpoints.nullIfEmpty(request.getOperation()));
            return new Pollable.OfBinding(Pollable.State.of(operation, "service binding"));
        });
    }

    private CreateServiceInstanceBindingResponse bind(BindBody body) {
        InstanceId instanceId = Requests.instanceId(body.getServiceInstanceId());
        BindingId bindingId = Requests.bindingId(body.getBindingId());
        String predecessor = body.predecessor();
        Plan plan = plan(body, instanceId);
        if (plan != null) {
            plan.requireBindable(predecessor != null);
            plans.checkBind(plan.plan(), body.sentParameters());
        }
        return answer(bindings.bind(new BindRequest(
                instanceId,
                bindingId,
                plan == null ? null : plan.offering(),
                plan == null ? null : plan.plan(),
                body.sentParameters(),
                body.sentContext(),
                body.sentBindResource(),
                predecessor == null ? null : Requests.bindingId(predecessor),
                Requests.originatingIdentity(),
                body.isAsyncAccepted())));
    }

    /** Null in a rotation without ids whose instance cannot be seen right now: then the broker refuses it. */
    private @Nullable Plan plan(BindBody body, InstanceId instanceId) {
        String serviceId = body.serviceId();
        String planId = body.sentPlanId();
        if (serviceId != null && planId != null) {
            ServiceOffering offering = plans.offering(serviceId);
            return new Plan(offering, plans.plan(offering, planId));
        }
        if (serviceId != null) {
            plans.offering(serviceId);
        }
        if (instances.fetch(instanceId) instanceof FetchedInstance.Found(var instance)) {
            ServiceOffering offering = plans.offering(serviceId == null ? instance.offeringId() : serviceId);
            return new Plan(offering, plans.plan(offering, instance.planId()));
        }
        return null;
    }

    private static CreateServiceInstanceBindingResponse answer(BindOutcome outcome) {
        return switch (outcome) {
            case BindOutcome.Bound(ServiceBinding binding) -> bound(binding, false);
            case BindOutcome.AlreadyBound(ServiceBinding binding) -> bound(binding, true);
            case BindOutcome.InProgress(OperationId operation) ->
                CreateServiceInstanceAppBindingResponse.builder()
                        .async(true)
                        .operation(operation.value())
                        .build();
            case BindOutcome.Conflicts(String reason) -> throw OsbException.conflict(reason);
            case BindOutcome.InstanceNotFound() -> throw OsbException.notFound("There is no such service instance.");
            case BindOutcome.Busy(String reason) -> throw OsbException.concurrency(reason);
            case BindOutcome.AsyncRequired() -> throw OsbException.asyncRequired();
            case BindOutcome.Invalid(String reason) -> throw OsbException.badRequest(reason);
            case BindOutcome.Failed(String reason) ->
                throw OsbException.of(HttpStatus.INTERNAL_SERVER_ERROR, "BindingFailed", reason);
        };
    }

    private static CreateServiceInstanceBindingResponse bound(ServiceBinding binding, boolean existed) {
        return CreateServiceInstanceAppBindingResponse.builder()
                .bindingExisted(existed)
                .credentials(new HashMap<>(binding.credentials()))
                .endpoints(endpoints(binding))
                .metadata(RenewableMetadata.of(binding))
                .build();
    }

    private static GetServiceInstanceBindingResponse fetched(ServiceBinding binding) {
        Map<String, Object> credentials = new HashMap<>(binding.credentials());
        return new GetServiceInstanceAppBindingResponse(
                binding.parameters(), RenewableMetadata.of(binding), credentials, null, List.of(), endpoints(binding));
    }

    private static List<Endpoint> endpoints(ServiceBinding binding) {
        return binding.endpoints().stream()
                .map(endpoint -> new Endpoint(
                        endpoint.host(),
                        endpoint.ports(),
                        Endpoint.Protocol.valueOf(endpoint.protocol().toUpperCase(Locale.ROOT))))
                .toList();
    }

    private DeleteServiceInstanceBindingResponse unbind(DeleteServiceInstanceBindingRequest request) {
        InstanceId instanceId = Requests.instanceId(request.getServiceInstanceId());
        BindingId bindingId = Requests.bindingId(request.getBindingId());
        Requests.requireQuery("service_id", request.getServiceDefinitionId());
        Requests.requireQuery("plan_id", request.getPlanId());
        UnbindOutcome outcome = bindings.unbind(new UnbindRequest(
                instanceId,
                bindingId,
                request.getServiceDefinitionId(),
                request.getPlanId(),
                Requests.originatingIdentity(),
                request.isAsyncAccepted()));
        return switch (outcome) {
            case UnbindOutcome.Unbound() -> new DeleteServiceInstanceBindingResponse(false, null);
            case UnbindOutcome.InProgress(OperationId operation) ->
                new DeleteServiceInstanceBindingResponse(true, operation.value());
            case UnbindOutcome.Gone() -> throw OsbException.gone("There is no such service binding.");
            case UnbindOutcome.Busy(String reason) -> throw OsbException.concurrency(reason);
            case UnbindOutcome.Invalid(String reason) -> throw OsbException.badRequest(reason);
        };
    }

    private record Plan(ServiceOffering offering, ServicePlan plan) {
        void requireBindable(boolean rotation) {
            if (!plan.bindable()) {
                throw OsbException.badRequest("The service plan %s cannot be bound.".formatted(plan.name()));
            }
            if (rotation && !plan.bindingRotatable()) {
                throw OsbException.badRequest(
                        "Bindings of the service plan %s cannot be rotated; make a new binding without predecessor_binding_id."
                                .formatted(plan.name()));
            }
        }
    }
}
