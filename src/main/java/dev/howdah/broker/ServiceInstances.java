package dev.howdah.broker;

import org.jspecify.annotations.Nullable;

/**
 * The service instances of this broker. Every call may be repeated, from any replica, at any time.
 *
 * <p>All throw {@link StoreUnavailable} when the store cannot be asked, and then have changed nothing that repeating the
 * call would not change as well.
 */
public interface ServiceInstances {
    ProvisionOutcome provision(ProvisionRequest request);

    UpdateOutcome update(UpdateRequest request);

    DeprovisionOutcome deprovision(DeprovisionRequest request);

    FetchedInstance fetch(InstanceId id);

    /** @param operation as the platform sent it; null or unknown means the current one */
    LastOperation lastOperation(InstanceId id, @Nullable String operation);
}
