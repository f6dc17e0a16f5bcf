package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a binding has come.
 *
 * @param role name of the PostgreSQL login role
 * @param binding the Secret with the credentials; makes this resource a Provisioned Service (servicebinding.io)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostgresBindingStatus(
        @Nullable Phase phase,
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions,
        @Nullable String role,
        @Nullable SecretReference binding,
        @Nullable Operation operation) {

    public enum Phase {
        Pending,
        Ready,
        Expired,
        Deleting,
        Failed
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SecretReference(String name) {}
}
