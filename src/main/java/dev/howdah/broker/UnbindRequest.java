package dev.howdah.broker;

import org.jspecify.annotations.Nullable;

/** Delete a service binding. The ids are those of the query string. */
public record UnbindRequest(
        InstanceId instanceId,
        BindingId bindingId,
        String offeringId,
        String planId,
        @Nullable OriginatingIdentity originatingIdentity,
        boolean asyncAccepted) {}
