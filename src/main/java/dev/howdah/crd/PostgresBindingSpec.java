package dev.howdah.crd;

import org.jspecify.annotations.Nullable;

/**
 * Which credentials were asked for.
 *
 * @param instanceRef name of the PostgresInstance in the same namespace
 * @param connectionLimit at most so many connections at once; absent means the server's limit
 * @param statementTimeout a PostgreSQL duration, as in {@code 30s}; absent means none
 * @param searchPath the role's search_path; absent means PostgreSQL's default
 * @param expiresAt RFC 3339 timestamp after which the credentials stop working; absent means never
 * @param predecessor name of the PostgresBinding that this one succeeds (OSB, Rotating a Service Binding)
 * @param clientNamespace namespace whose pods use the credentials; absent means the platform's context or none
 * @param request what the platform sent; absent in a hand-written binding
 */
public record PostgresBindingSpec(
        String instanceRef,
        @Nullable Access access,
        @Nullable Integer connectionLimit,
        @Nullable String statementTimeout,
        @Nullable String searchPath,
        @Nullable String expiresAt,
        @Nullable String predecessor,
        @Nullable String clientNamespace,
        @Nullable OsbRequest request) {

    public enum Access {
        @com.fasterxml.jackson.annotation.JsonProperty("read-write")
        READ_WRITE,
        @com.fasterxml.jackson.annotation.JsonProperty("read-only")
        READ_ONLY
    }
}
