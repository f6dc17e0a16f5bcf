package dev.howdah.broker;

/** OSB, Deprovisioning, Response. */
public sealed interface DeprovisionOutcome {
    /** Everything is gone: 200. */
    record Deprovisioned() implements DeprovisionOutcome {}

    /** 202. */
    record InProgress(OperationId operation) implements DeprovisionOutcome {}

    /** There is no such instance: 410. */
    record Gone() implements DeprovisionOutcome {}

    /** 422 AsyncRequired. */
    record AsyncRequired() implements DeprovisionOutcome {}

    /** The ids are not those of the instance: 400. */
    record Invalid(String reason) implements DeprovisionOutcome {}
}
