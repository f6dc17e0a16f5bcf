package dev.howdah.broker;

/** OSB, Fetching a Service Instance, Response. */
public sealed interface FetchedInstance {
    /** 200. */
    record Found(ServiceInstance instance) implements FetchedInstance {}

    /** Unknown, still being provisioned, or failed to be: 404. */
    record NotFound() implements FetchedInstance {}

    /** Being updated or deprovisioned: 422 ConcurrencyError. */
    record Busy(String reason) implements FetchedInstance {}
}
