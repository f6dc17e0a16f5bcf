package dev.howdah.osb;

import dev.howdah.broker.DeprovisionOutcome;
import dev.howdah.broker.DeprovisionRequest;
import dev.howdah.broker.FetchedInstance;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.LastOperation;
import dev.howdah.broker.OperationId;
import dev.howdah.broker.ProvisionOutcome;
import dev.howdah.broker.ProvisionRequest;
import dev.howdah.broker.ServiceInstance;
import dev.howdah.broker.ServiceInstances;
import dev.howdah.broker.UpdateOutcome;
import dev.howdah.broker.UpdateRequest;
import dev.howdah.catalog.ServiceOffering;
import dev.howdah.catalog.ServicePlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.instance.CreateServiceInstanceRequest;
import org.springframework.cloud.servicebroker.model.instance.CreateServiceInstanceResponse;
import org.springframework.cloud.servicebroker.model.instance.DeleteServiceInstanceRequest;
import org.springframework.cloud.servicebroker.model.instance.DeleteServiceInstanceResponse;
import org.springframework.cloud.servicebroker.model.instance.GetLastServiceOperationRequest;
import org.springframework.cloud.servicebroker.model.instance.GetLastServiceOperationResponse;
import org.springframework.cloud.servicebroker.model.instance.GetServiceInstanceRequest;
import org.springframework.cloud.servicebroker.model.instance.GetServiceInstanceResponse;
import org.springframework.cloud.servicebroker.model.instance.UpdateServiceInstanceRequest;
import org.springframework.cloud.servicebroker.model.instance.UpdateServiceInstanceResponse;
import org.springframework.cloud.servicebroker.service.ServiceInstanceService;
import reactor.core.publisher.Mono;

/**
 * The five calls of the API on service instances. Each is checked here as far as the catalog alone tells what is right,
 * and runs on the thread of its request, which is a virtual one and may wait.
 */
final class InstanceEndpoints implements ServiceInstanceService {
    private static final String NO_INSTANCE = "There is no such service instance.";

    private final ServiceInstances instances;
    private final RequestedPlans plans;

    InstanceEndpoints(ServiceInstances instances, RequestedPlans plans) {
        this.instances = instances;
        this.plans = plans;
    }

    @Override
    public Mono<CreateServiceInstanceResponse> createServiceInstance(CreateServiceInstanceRequest request) {
        return Mono.fromCallable(() -> provision((ProvisionBody) request));
    }

    @Override
    public Mono<UpdateServiceInstanceResponse> updateServiceInstance(UpdateServiceInstanceRequest request) {
        return Mono.fromCallable(() -> update((UpdateBody) request));
    }

    @Override
    public Mono<DeleteServiceInstanceResponse> deleteServiceInstance(DeleteServiceInstanceRequest request) {
        return Mono.fromCallable(() -> deprovision(request));
    }

    @Override
    public Mono<GetServiceInstanceResponse> getServiceInstance(GetServiceInstanceRequest request) {
        return Mono.fromCallable(() -> switch (instances.fetch(Requests.instanceId(request.getServiceInstanceId()))) {
            case FetchedInstance.Found(ServiceInstance instance) -> new InstanceAnswer(instance);
            case FetchedInstance.NotFound() ->
                throw OsbException.notFound("There is no such service instance, or it is still being provisioned.");
            case FetchedInstance.Busy(String reason) -> throw OsbException.concurrency(reason);
        });
    }

    @Override
    public Mono<GetLastServiceOperationResponse> getLastOperation(GetLastServiceOperationRequest request) {
        return Mono.fromCallable(() -> {
            InstanceId id = Requests.instanceId(request.getServiceInstanceId());
            LastOperation operation = instances.lastOperation(id, nullIfEmpty(request.getOperation()));
            return new Pollable.OfInstance(Pollable.State.of(operation, "service instance"));
        });
    }

    private CreateServiceInstanceResponse provision(ProvisionBody body) {
        InstanceId id = Requests.instanceId(body.getServiceInstanceId());
        ServiceOffering offering = plans.offering(body.getServiceDefinitionId());
        ServicePlan plan = plans.plan(offering, body.getPlanId());
        requireOnOffer(id, offering, plan);
        plans.checkCreate(plan, body.sentParameters());
        MaintenanceVersion.requireCurrent(body.maintenanceVersion(), List.of(plan));
        return answer(instances.provision(new ProvisionRequest(
                id,
                offering,
                plan,
                body.sentParameters(),
                body.sentContext(),
                body.organization(),
                body.space(),
                Requests.originatingIdentity(),
                body.isAsyncAccepted())));
    }

    /** Nothing new of a retired plan; but a request that is repeated still gets its answer. */
    private void requireOnOffer(InstanceId id, ServiceOffering offering, ServicePlan plan) {
        if ((offering.retired() || plan.retired())
                && instances.lastOperation(id, null) instanceof LastOperation.NotFound) {
            throw OsbException.badRequest("plan_id names a service plan that is no longer on offer.");
        }
    }

    private static CreateServiceInstanceResponse answer(ProvisionOutcome outcome) {
        return switch (outcome) {
            case ProvisionOutcome.Provisioned(ServiceInstance instance) -> provisioned(instance, false, null);
            case ProvisionOutcome.AlreadyProvisioned(ServiceInstance instance) -> provisioned(instance, true, null);
            case ProvisionOutcome.InProgress(OperationId operation, ServiceInstance instance) ->
                provisioned(instance, false, operation);
            case ProvisionOutcome.Conflicts(String reason) -> throw OsbException.conflict(reason);
            case ProvisionOutcome.Busy(String reason) -> throw OsbException.concurrency(reason);
            case ProvisionOutcome.AsyncRequired() -> throw OsbException.asyncRequired();
            case ProvisionOutcome.Invalid(String reason) -> throw OsbException.badRequest(reason);
        };
    }

    private static CreateServiceInstanceResponse provisioned(
            ServiceInstance instance, boolean existed, @Nullable OperationId operation) {
        return new CreateServiceInstanceResponse(
                operation != null,
                operation == null ? null : operation.value(),
                instance.dashboardUrl(),
                existed,
                InstanceMetadata.of(instance));
    }

    private UpdateServiceInstanceResponse update(UpdateBody body) {
        InstanceId id = Requests.instanceId(body.getServiceInstanceId());
        ServiceOffering offering = plans.offering(body.getServiceDefinitionId());
        ServicePlan plan = body.getPlanId() == null ? null : plans.plan(offering, body.getPlanId());
        Optional<ServicePlan> current = currentPlan(id, offering);
        if (plan != null && plan.retired() && current.filter(plan::equals).isEmpty()) {
            throw OsbException.badRequest("plan_id names a service plan that is no longer on offer.");
        }
        List<ServicePlan> effective =
                Optional.ofNullable(plan).or(() -> current).map(List::of).orElse(offering.plans());
        plans.checkUpdate(effective, body.sentParameters());
        MaintenanceVersion.requireCurrent(body.maintenanceVersion(), effective);
        return answer(instances.update(new UpdateRequest(
                id,
                offering,
                plan,
                body.sentParameters(),
                body.sentContext(),
                body.maintenanceVersion(),
                Requests.originatingIdentity(),
                body.isAsyncAccepted())));
    }

    /** Empty if the instance cannot be seen right now: then the broker refuses the update, or finds it already running. */
    private Optional<ServicePlan> currentPlan(InstanceId id, ServiceOffering offering) {
        return instances.fetch(id) instanceof FetchedInstance.Found(ServiceInstance instance)
                ? offering.planById(instance.planId())
                : Optional.empty();
    }

    private static UpdateServiceInstanceResponse answer(UpdateOutcome outcome) {
        return switch (outcome) {
            case UpdateOutcome.Updated(ServiceInstance instance) -> updated(instance, null);
            case UpdateOutcome.InProgress(OperationId operation, ServiceInstance instance) ->
                updated(instance, operation);
            case UpdateOutcome.NotFound() -> throw OsbException.notFound(NO_INSTANCE);
            case UpdateOutcome.Busy(String reason) -> throw OsbException.concurrency(reason);
            case UpdateOutcome.AsyncRequired() -> throw OsbException.asyncRequired();
            case UpdateOutcome.NotPossible(String reason, boolean repeatable) ->
                throw OsbException.updateNotPossible(reason, repeatable);
            case UpdateOutcome.Invalid(String reason) -> throw OsbException.badRequest(reason);
        };
    }

    private static UpdateServiceInstanceResponse updated(ServiceInstance instance, @Nullable OperationId operation) {
        return new UpdateServiceInstanceResponse(
                operation != null,
                operation == null ? null : operation.value(),
                instance.dashboardUrl(),
                InstanceMetadata.of(instance));
    }

    /** The ids are held against those of the instance, not against the catalog: what is retired can be deleted for ever. */
    private DeleteServiceInstanceResponse deprovision(DeleteServiceInstanceRequest request) {
        InstanceId id = Requests.instanceId(request.getServiceInstanceId());
        Requests.requireQuery("service_id", request.getServiceDefinitionId());
        Requests.requireQuery("plan_id", request.getPlanId());
        DeprovisionOutcome outcome = instances.deprovision(new DeprovisionRequest(
                id,
                request.getServiceDefinitionId(),
                request.getPlanId(),
                Requests.originatingIdentity(),
                request.isAsyncAccepted()));
        return switch (outcome) {
            case DeprovisionOutcome.Deprovisioned() -> new DeleteServiceInstanceResponse(false, null);
            case DeprovisionOutcome.InProgress(OperationId operation) ->
                new DeleteServiceInstanceResponse(true, operation.value());
            case DeprovisionOutcome.Gone() -> throw OsbException.gone(NO_INSTANCE);
            case DeprovisionOutcome.AsyncRequired() -> throw OsbException.asyncRequired();
            case DeprovisionOutcome.Invalid(String reason) -> throw OsbException.badRequest(reason);
        };
    }

    static @Nullable String nullIfEmpty(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
