package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param offering name of the service offering; absent means the only one
 * @param plan name of the plan
 * @param server sizes, resolved from the plan at creation; absent in a hand-written instance until the reconciler fills it in
 * @param database name of the database; absent means one derived from the instance
 * @param extensions extensions that are installed in the database
 * @param maintenanceVersion the plan's maintenance version that this instance has (semantic version)
 * @param operationTimeoutSeconds how long one operation may take, from the plan at creation
 * @param request what the platform sent, kept for comparing and for fetching; absent in a hand-written instance
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(oldSelf.offering) || (has(self.offering) && self.offering == oldSelf.offering)",
        message = "the offering of an instance is fixed",
        fieldPath = ".offering")
@ValidationRule(
        value = "!has(oldSelf.database) || (has(self.database) && self.database == oldSelf.database)",
        message = "the name of the database is fixed once it is known",
        fieldPath = ".database")
@ValidationRule(
        value = "!has(oldSelf.server) || has(self.server)",
        message = "the server's sizes cannot be removed",
        fieldPath = ".server")
@ValidationRule(
        value = "has(self.request) == has(oldSelf.request)",
        message = "request is what a platform sent and can be neither added nor removed",
        fieldPath = ".request")
public record PostgresInstanceSpec(
        @Size(min = 1, max = 255)
        @JsonPropertyDescription("Name of the service offering; the only one when absent.")
        @Nullable
        String offering,

        @Required @Size(min = 1, max = 255) @JsonPropertyDescription("Name of the plan.")
        String plan,

        @JsonPropertyDescription("Sizes of the server. Leave it out to get the plan's.") @Nullable
        PostgresServerSpec server,

        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z_][A-Za-z0-9_-]*$")
        @JsonPropertyDescription("Name of the database; derived from the instance when absent.")
        @Nullable
        String database,

        @Size(max = 50) @JsonPropertyDescription("Extensions that are installed in the database.") @Nullable
        List<String> extensions,

        @Size(max = 64)
        @JsonPropertyDescription("The plan's maintenance version that this instance has, a semantic version.")
        @Nullable
        String maintenanceVersion,

        @Min(1)
        @Max(604800)
        @JsonPropertyDescription("How many seconds one operation may take before it counts as failed.")
        @Nullable
        Integer operationTimeoutSeconds,

        @JsonPropertyDescription("What becomes of the data when the instance is deleted; Delete when absent.") @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("What the platform sent; absent in a hand-written instance.") @Nullable
        OsbRequest request) {

    /** What becomes of the data when the instance is deleted. */
    public enum DeletionPolicy {
        Delete,
        Retain
    }
}
