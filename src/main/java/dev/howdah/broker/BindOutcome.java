package dev.howdah.broker;

/** OSB, Binding, Response. */
public sealed interface BindOutcome {
    /** 201. */
    record Bound(ServiceBinding binding) implements BindOutcome {}

    /** Was there before, identical: 200 with the same credentials. */
    record AlreadyBound(ServiceBinding binding) implements BindOutcome {}

    /** 202. */
    record InProgress(OperationId operation) implements BindOutcome {}

    /** The id is taken by a binding with other attributes: 409. */
    record Conflicts(String reason) implements BindOutcome {}

    /** 404. */
    record InstanceNotFound() implements BindOutcome {}

    /** The instance, or the predecessor, is not ready: 422 ConcurrencyError. */
    record Busy(String reason) implements BindOutcome {}

    /** It would take longer than a synchronous answer may: 422 AsyncRequired. */
    record AsyncRequired() implements BindOutcome {}

    /** The request does not fit the instance or the predecessor: 400. */
    record Invalid(String reason) implements BindOutcome {}

    /** The credentials could not be made: 500 with this reason; the platform unbinds. */
    record Failed(String reason) implements BindOutcome {}
}
