package dev.howdah.crd;

/** Where a PostgreSQL server is reached by its clients. */
public record Endpoint(String host, int port) {}
