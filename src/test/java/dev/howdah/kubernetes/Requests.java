package dev.howdah.kubernetes;

import dev.howdah.broker.BindRequest;
import dev.howdah.broker.BindingId;
import dev.howdah.broker.DeprovisionRequest;
import dev.howdah.broker.InstanceId;
import dev.howdah.broker.ProvisionRequest;
import dev.howdah.broker.UnbindRequest;
import dev.howdah.broker.UpdateRequest;
import dev.howdah.catalog.ServicePlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests as the API hands them over. */
final class Requests {
    static final Map<String, Object> CONTEXT = Map.of("platform", "kubernetes", "namespace", "shop");

    private Requests() {}

    static ProvisionRequest provision(String id, ServicePlan plan, @Nullable Map<String, Object> parameters) {
        return provision(id, plan, parameters, CONTEXT, true);
    }

    static ProvisionRequest provision(
            String id,
            ServicePlan plan,
            @Nullable Map<String, Object> parameters,
            Map<String, Object> context,
            boolean async) {
        return new ProvisionRequest(
                new InstanceId(id), SampleCatalog.OFFERING, plan, parameters, context, "org", "space", null, async);
    }

    static UpdateRequest update(String id, @Nullable ServicePlan plan, @Nullable Map<String, Object> parameters) {
        return new UpdateRequest(new InstanceId(id), SampleCatalog.OFFERING, plan, parameters, null, null, null, true);
    }

    static UpdateRequest context(String id, Map<String, Object> context) {
        return new UpdateRequest(new InstanceId(id), SampleCatalog.OFFERING, null, null, context, null, null, false);
    }

    static DeprovisionRequest deprovision(String id, ServicePlan plan) {
        return new DeprovisionRequest(new InstanceId(id), SampleCatalog.OFFERING.id(), plan.id(), null, true);
    }

    static BindRequest bind(String instance, String id, ServicePlan plan, @Nullable Map<String, Object> parameters) {
        return new BindRequest(
                new InstanceId(instance),
                new BindingId(id),
                SampleCatalog.OFFERING,
                plan,
                parameters,
                CONTEXT,
                Map.of("app_guid", "app"),
                null,
                null,
                false);
    }

    static BindRequest rotate(String instance, String id, String predecessor) {
        return new BindRequest(
                new InstanceId(instance),
                new BindingId(id),
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                new BindingId(predecessor),
                null,
                true);
    }

    static UnbindRequest unbind(String instance, String id, ServicePlan plan) {
        return new UnbindRequest(
                new InstanceId(instance), new BindingId(id), SampleCatalog.OFFERING.id(), plan.id(), null, true);
    }
}
