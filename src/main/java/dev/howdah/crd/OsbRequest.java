package dev.howdah.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a platform sent, in its own words.
 *
 * @param id the instance id or binding id
 * @param instanceId of a binding: the instance id
 * @param parameters a JSON object; absent when the request had none
 * @param context a JSON object (OSB profile, Context Object)
 * @param bindResource of a binding: a JSON object
 * @param originatingIdentity who asked, as the platform says
 */
public record OsbRequest(
        String id,
        @Nullable String instanceId,
        String serviceId,
        String planId,
        @Nullable String organizationGuid,
        @Nullable String spaceGuid,
        @PreserveUnknownFields @Nullable JsonNode parameters,
        @PreserveUnknownFields @Nullable JsonNode context,
        @PreserveUnknownFields @Nullable JsonNode bindResource,
        @Nullable OriginatingIdentity originatingIdentity) {

    /** The header X-Broker-API-Originating-Identity. */
    public record OriginatingIdentity(
            String platform,
            @Nullable String username,
            @Nullable String uid,
            @Nullable List<String> groups) {}
}
