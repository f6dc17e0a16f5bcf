package dev.howdah.kubernetes;

import dev.howdah.broker.DeprovisionOutcome;
import dev.howdah.broker.DeprovisionRequest;
import dev.howdah.catalog.Catalog;
import dev.howdah.catalog.ServicePlan;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresInstance;
import java.time.Clock;
import java.util.Optional;

/** OSB, Deprovisioning: deletes the resource. Its finalizer takes the bindings, the database and the server down. */
final class Deprovisioning {
    private static final int ATTEMPTS = 10;

    private final WatchedResources<PostgresInstance> instances;
    private final Catalog catalog;
    private final AnswerSettings answers;
    private final Clock clock;

    Deprovisioning(WatchedResources<PostgresInstance> instances, Catalog catalog, AnswerSettings answers, Clock clock) {
        this.instances = instances;
        this.catalog = catalog;
        this.answers = answers;
        this.clock = clock;
    }

    DeprovisionOutcome deprovision(DeprovisionRequest request) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<OwnInstance> own = OwnInstance.find(instances.store(), request.instanceId());
            if (own.isEmpty()) {
                return new DeprovisionOutcome.Gone();
            }
            Optional<String> problem = problem(request, own.get().request());
            if (problem.isPresent()) {
                return new DeprovisionOutcome.Invalid(problem.get());
            }
            if (!request.asyncAccepted() && asyncOnly(own.get().request())) {
                return new DeprovisionOutcome.AsyncRequired();
            }
            PostgresInstance instance = own.get().resource();
            if (instances.store().requestDeletion(instance, InstanceOperation.last(instance), clock.instant())) {
                return answer(request, instance);
            }
        }
        // only a resource that changes all the time comes here; the platform repeats the request
        return new DeprovisionOutcome.AsyncRequired();
    }

    private DeprovisionOutcome answer(DeprovisionRequest request, PostgresInstance known) {
        Optional<PostgresInstance> left =
                instances.watch().await(known, instance -> false, answers.instance(request.asyncAccepted()));
        if (left.isEmpty()) {
            return new DeprovisionOutcome.Deprovisioned();
        }
        return request.asyncAccepted()
                ? new DeprovisionOutcome.InProgress(OperationIds.deprovision(known))
                : new DeprovisionOutcome.AsyncRequired();
    }

    private static Optional<String> problem(DeprovisionRequest request, OsbRequest kept) {
        if (!request.offeringId().equals(kept.serviceId())) {
            return Optional.of("service_id is not that of the instance");
        }
        return kept.hasOrHadPlan(request.planId())
                ? Optional.empty()
                : Optional.of("plan_id is not that of the instance");
    }

    private boolean asyncOnly(OsbRequest kept) {
        return catalog.offeringById(kept.serviceId())
                .flatMap(offering -> offering.planById(kept.planId()))
                .map(ServicePlan::asyncOnly)
                .orElse(false);
    }
}
