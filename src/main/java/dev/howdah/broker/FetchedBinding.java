package dev.howdah.broker;

/** OSB, Fetching a Service Binding, Response. */
public sealed interface FetchedBinding {
    /** 200. */
    record Found(ServiceBinding binding) implements FetchedBinding {}

    /** Unknown, or still being made: 404. */
    record NotFound() implements FetchedBinding {}
}
