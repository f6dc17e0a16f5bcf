package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Where a PostgreSQL server is reached by its clients. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Endpoint(String host, int port) {}
