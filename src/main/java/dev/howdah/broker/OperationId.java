package dev.howdah.broker;

/**
 * Names one asynchronous request: {@code provision-<uid>}, {@code update-<generation>}, {@code deprovision-<uid>},
 * {@code bind-<uid>}, {@code unbind-<uid>}. It carries all that answering a poll needs once the resource is gone.
 */
public record OperationId(String value) {}
