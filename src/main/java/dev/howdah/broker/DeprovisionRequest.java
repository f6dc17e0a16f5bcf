package dev.howdah.broker;

import org.jspecify.annotations.Nullable;

/** Deprovision a service instance. The ids are those of the query string. */
public record DeprovisionRequest(
        InstanceId instanceId,
        String offeringId,
        String planId,
        @Nullable OriginatingIdentity originatingIdentity,
        boolean asyncAccepted) {}
