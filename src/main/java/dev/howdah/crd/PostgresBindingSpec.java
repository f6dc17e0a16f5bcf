package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.access) == has(oldSelf.access) && (!has(self.access) || self.access == oldSelf.access)",
        message = "access is fixed once the binding exists; create another binding",
        fieldPath = ".access")
@ValidationRule(
        value = "has(self.predecessor) == has(oldSelf.predecessor)"
                + " && (!has(self.predecessor) || self.predecessor == oldSelf.predecessor)",
        message = "predecessor is fixed once the binding exists",
        fieldPath = ".predecessor")
@ValidationRule(
        value = "has(self.request) == has(oldSelf.request)",
        message = "request is what a platform sent and can be neither added nor removed",
        fieldPath = ".request")
public record PostgresBindingSpec(
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @ValidationRule(value = "self == oldSelf", message = "instanceRef is fixed once the binding exists")
        @JsonPropertyDescription("Name of the PostgresInstance in the same namespace.")
        String instanceRef,

        @JsonPropertyDescription("What the role may do in the database; read-write when absent.") @Nullable
        Access access,

        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("At most so many connections at once; the server's limit when absent.")
        @Nullable
        Integer connectionLimit,

        @Size(max = 20)
        @Pattern("^[0-9]+(us|ms|s|min|h|d)?$")
        @JsonPropertyDescription("statement_timeout of the role, as in 30s; none when absent.")
        @Nullable
        String statementTimeout,

        @Size(max = 1024)
        @JsonPropertyDescription("search_path of the role; PostgreSQL's default when absent.")
        @Nullable
        String searchPath,

        @Size(max = 40)
        @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$")
        @JsonPropertyDescription("RFC 3339 time after which the credentials stop working; never when absent.")
        @Nullable
        String expiresAt,

        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("Name of the PostgresBinding that this one succeeds.")
        @Nullable
        String predecessor,

        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("Namespace whose pods use the credentials.")
        @Nullable
        String clientNamespace,

        @JsonPropertyDescription("What the platform sent; absent in a hand-written binding.") @Nullable
        OsbRequest request) {

    public enum Access {
        @JsonProperty("read-write")
        READ_WRITE,
        @JsonProperty("read-only")
        READ_ONLY
    }
}
