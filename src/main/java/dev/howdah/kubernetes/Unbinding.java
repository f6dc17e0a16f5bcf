package dev.howdah.kubernetes;

import dev.howdah.broker.UnbindOutcome;
import dev.howdah.broker.UnbindRequest;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import java.time.Clock;
import java.util.Optional;

/** OSB, Unbinding: deletes the resource. Its finalizer drops the role. */
final class Unbinding {
    private static final int ATTEMPTS = 10;

    private final WatchedResources<PostgresBinding> bindings;
    private final ResourceStore<PostgresInstance> instances;
    private final AnswerSettings answers;
    private final Clock clock;

    Unbinding(
            WatchedResources<PostgresBinding> bindings,
            ResourceStore<PostgresInstance> instances,
            AnswerSettings answers,
            Clock clock) {
        this.bindings = bindings;
        this.instances = instances;
        this.answers = answers;
        this.clock = clock;
    }

    UnbindOutcome unbind(UnbindRequest request) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<OwnBinding> own = OwnBinding.find(bindings.store(), request.instanceId(), request.bindingId());
            if (own.isEmpty()) {
                return new UnbindOutcome.Gone();
            }
            Optional<String> problem = problem(request, own.get().request());
            if (problem.isPresent()) {
                return new UnbindOutcome.Invalid(problem.get());
            }
            PostgresBinding binding = own.get().resource();
            if (bindings.store().requestDeletion(binding, BindingOperation.last(binding), clock.instant())) {
                return answer(request, binding);
            }
        }
        return new UnbindOutcome.Busy("The binding is being changed");
    }

    private UnbindOutcome answer(UnbindRequest request, PostgresBinding known) {
        Optional<PostgresBinding> left =
                bindings.watch().await(known, binding -> false, answers.binding(request.asyncAccepted()));
        if (left.isEmpty()) {
            return new UnbindOutcome.Unbound();
        }
        return request.asyncAccepted()
                ? new UnbindOutcome.InProgress(OperationIds.unbind(known))
                : new UnbindOutcome.Busy(BindingOperation.description(left.get(), "The credentials are being deleted"));
    }

    private Optional<String> problem(UnbindRequest request, OsbRequest kept) {
        if (!request.offeringId().equals(kept.serviceId())) {
            return Optional.of("service_id is not that of the binding");
        }
        return kept.hasOrHadPlan(request.planId()) || instanceHasPlan(request)
                ? Optional.empty()
                : Optional.of("plan_id is not that of the binding");
    }

    /** The instance may have changed its plan after it was bound. */
    private boolean instanceHasPlan(UnbindRequest request) {
        return OwnInstance.find(instances, request.instanceId())
                .map(OwnInstance::request)
                .filter(kept -> kept.hasOrHadPlan(request.planId()))
                .isPresent();
    }
}
