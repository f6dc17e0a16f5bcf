package dev.howdah.broker;

/** OSB, Unbinding, Response. */
public sealed interface UnbindOutcome {
    /** The role is gone: 200. */
    record Unbound() implements UnbindOutcome {}

    /** 202. */
    record InProgress(OperationId operation) implements UnbindOutcome {}

    /** There is no such binding: 410. */
    record Gone() implements UnbindOutcome {}

    /** It takes longer than a synchronous answer may: 422 ConcurrencyError, and the platform repeats the request. */
    record Busy(String reason) implements UnbindOutcome {}

    /** The ids are not those of the binding: 400. */
    record Invalid(String reason) implements UnbindOutcome {}
}
