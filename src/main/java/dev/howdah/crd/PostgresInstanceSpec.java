package dev.howdah.crd;

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
public record PostgresInstanceSpec(
        @Nullable String offering,
        String plan,
        @Nullable PostgresServerSpec server,
        @Nullable String database,
        @Nullable List<String> extensions,
        @Nullable String maintenanceVersion,
        @Nullable Integer operationTimeoutSeconds,
        @Nullable DeletionPolicy deletionPolicy,
        @Nullable OsbRequest request) {

    /** What becomes of the data when the instance is deleted. */
    public enum DeletionPolicy {
        Delete,
        Retain
    }
}
