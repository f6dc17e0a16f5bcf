package dev.howdah.broker;

/** OSB, Provisioning, Response. */
public sealed interface ProvisionOutcome {
    /** Made by this request and usable: 201. */
    record Provisioned(ServiceInstance instance) implements ProvisionOutcome {}

    /** Was there before, identical: 200. */
    record AlreadyProvisioned(ServiceInstance instance) implements ProvisionOutcome {}

    /** Under way, also when an identical request began it: 202. */
    record InProgress(OperationId operation, ServiceInstance instance) implements ProvisionOutcome {}

    /** The id is taken by an instance with other attributes: 409. */
    record Conflicts(String reason) implements ProvisionOutcome {}

    /** The id is still being deprovisioned: 422 ConcurrencyError. */
    record Busy(String reason) implements ProvisionOutcome {}

    /** The platform has to accept an asynchronous answer: 422 AsyncRequired. */
    record AsyncRequired() implements ProvisionOutcome {}

    /** A parameter cannot be honoured: 400. Nothing was changed. */
    record Invalid(String reason) implements ProvisionOutcome {}
}
