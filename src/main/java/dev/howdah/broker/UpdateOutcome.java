package dev.howdah.broker;

/** OSB, Updating a Service Instance, Response. */
public sealed interface UpdateOutcome {
    /** Applied, or without effect: 200. */
    record Updated(ServiceInstance instance) implements UpdateOutcome {}

    /** Under way: 202. */
    record InProgress(OperationId operation, ServiceInstance instance) implements UpdateOutcome {}

    /** 404. */
    record NotFound() implements UpdateOutcome {}

    /** Another operation is under way: 422 ConcurrencyError. */
    record Busy(String reason) implements UpdateOutcome {}

    /** 422 AsyncRequired. */
    record AsyncRequired() implements UpdateOutcome {}

    /** Not possible for this instance: 422. Nothing was changed. */
    record NotPossible(String reason, boolean updateRepeatable) implements UpdateOutcome {}

    /** The request does not fit the instance: 400. Nothing was changed. */
    record Invalid(String reason) implements UpdateOutcome {}
}
