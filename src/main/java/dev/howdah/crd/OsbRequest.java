package dev.howdah.crd;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a platform sent, in its own words, updates merged in.
 *
 * @param id the instance id or binding id
 * @param instanceId of a binding: the instance id
 * @param parameters a JSON object; absent when the request had none
 * @param context a JSON object (OSB profile, Context Object)
 * @param bindResource of a binding: a JSON object
 * @param originatingIdentity who asked, as the platform says
 * @param original what the first request said, once an update has changed it: a platform may send it again
 * @param formerPlanIds plans that the instance had before; a platform names one of them after an update that failed
 * @param attempt counts the updates that were asked for again after they had failed: makes the repetition a change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OsbRequest(
        @Required
        @Size(min = 1, max = 255)
        @ValidationRule(value = "self == oldSelf", message = "the id belongs to the platform and is fixed")
        @JsonPropertyDescription("The platform's id of the instance or binding.")
        String id,

        @Size(min = 1, max = 255)
        @ValidationRule(value = "self == oldSelf", message = "the instance id belongs to the platform and is fixed")
        @JsonPropertyDescription("Of a binding: the platform's id of the instance.")
        @Nullable
        String instanceId,

        @Required
        @Size(min = 1, max = 255)
        @ValidationRule(value = "self == oldSelf", message = "the service of an instance is fixed")
        String serviceId,

        @Required @Size(min = 1, max = 255) String planId,

        @Nullable String organizationGuid,

        @Nullable String spaceGuid,

        @PreserveUnknownFields @Nullable JsonNode parameters,

        @PreserveUnknownFields @Nullable JsonNode context,

        @PreserveUnknownFields @Nullable JsonNode bindResource,

        @Nullable OriginatingIdentity originatingIdentity,

        @JsonPropertyDescription("What the first request said, once an update has changed it.") @Nullable
        Original original,

        @JsonPropertyDescription("Plans that the instance had before.") @Nullable
        List<String> formerPlanIds,

        @Min(1) @JsonPropertyDescription("Counts the updates that were repeated after they had failed.") @Nullable
        Integer attempt) {

    /** The same with what an update changed; what the first request said is kept. */
    public OsbRequest updated(String newPlanId, @Nullable JsonNode newParameters, @Nullable JsonNode newContext) {
        if (newPlanId.equals(planId)
                && Objects.equals(newParameters, parameters)
                && Objects.equals(newContext, context)) {
            return this;
        }
        return new OsbRequest(
                id,
                instanceId,
                serviceId,
                newPlanId,
                organizationGuid,
                spaceGuid,
                newParameters,
                newContext,
                bindResource,
                originatingIdentity,
                original == null ? new Original(planId, parameters, context) : original,
                newPlanId.equals(planId) ? formerPlanIds : withFormer(planId),
                attempt);
    }

    /** The same, asked for once more. */
    public OsbRequest withAttempt(int newAttempt) {
        return new OsbRequest(
                id,
                instanceId,
                serviceId,
                planId,
                organizationGuid,
                spaceGuid,
                parameters,
                context,
                bindResource,
                originatingIdentity,
                original,
                formerPlanIds,
                newAttempt);
    }

    /** Whether a platform may mean this by naming the plan: the present one or a former one. */
    public boolean hasOrHadPlan(String plan) {
        return plan.equals(planId) || (formerPlanIds != null && formerPlanIds.contains(plan));
    }

    private List<String> withFormer(String former) {
        Stream<String> before = formerPlanIds == null ? Stream.of() : formerPlanIds.stream();
        return Stream.concat(before, Stream.of(former)).distinct().toList();
    }

    /** The header X-Broker-API-Originating-Identity. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OriginatingIdentity(
            @Required String platform,
            @Nullable String username,
            @Nullable String uid,
            @Nullable List<String> groups) {}

    /** The part of the first request that updates may change. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Original(
            @Required String planId,
            @PreserveUnknownFields @Nullable JsonNode parameters,
            @PreserveUnknownFields @Nullable JsonNode context) {}
}
