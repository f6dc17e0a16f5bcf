package dev.howdah.broker;

import org.jspecify.annotations.Nullable;

/** The service bindings of this broker; same promises as {@link ServiceInstances}. */
public interface ServiceBindings {
    BindOutcome bind(BindRequest request);

    UnbindOutcome unbind(UnbindRequest request);

    FetchedBinding fetch(InstanceId instanceId, BindingId bindingId);

    /** @param operation as the platform sent it; null or unknown means the current one */
    LastOperation lastOperation(InstanceId instanceId, BindingId bindingId, @Nullable String operation);
}
