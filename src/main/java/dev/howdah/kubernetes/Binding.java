package dev.howdah.kubernetes;

import dev.howdah.broker.BindOutcome;
import dev.howdah.broker.BindRequest;
import dev.howdah.broker.ServiceBinding;
import dev.howdah.broker.StoreUnavailable;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;

/** OSB, Binding and Rotating: creates the resource, or finds the one that the same request created before. */
final class Binding {
    private static final int ATTEMPTS = 5;

    private final WatchedResources<PostgresBinding> bindings;
    private final BindingCreation creation;
    private final CredentialSecrets secrets;
    private final AnswerSettings answers;

    Binding(
            WatchedResources<PostgresBinding> bindings,
            BindingCreation creation,
            CredentialSecrets secrets,
            AnswerSettings answers) {
        this.bindings = bindings;
        this.creation = creation;
        this.secrets = secrets;
        this.answers = answers;
    }

    BindOutcome bind(BindRequest request) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<PostgresBinding> existing = bindings.store().find(ResourceNames.of(request.bindingId()));
            if (existing.isPresent()) {
                return compare(request, existing.get());
            }
            Optional<BindOutcome> outcome = switch (creation.check(request)) {
                case Creation.Denied(BindOutcome denied) -> Optional.of(denied);
                case Creation.Allowed(PostgresBindingSpec spec) -> create(request, spec);
            };
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new BindOutcome.Busy("Other requests for this binding are under way");
    }

    /** Empty if a request at the same moment was first. */
    private Optional<BindOutcome> create(BindRequest request, PostgresBindingSpec spec) {
        return switch (bindings.store().create(binding(request, spec))) {
            case Written.Done<PostgresBinding>(PostgresBinding created) -> Optional.of(answer(request, created, true));
            case Written.Refused<PostgresBinding>(String reason) -> Optional.of(new BindOutcome.Invalid(reason));
            case Written.Overtaken<PostgresBinding>() -> Optional.empty();
        };
    }

    private BindOutcome compare(BindRequest request, PostgresBinding existing) {
        Optional<String> difference = BindingComparison.difference(request, existing);
        if (difference.isPresent()) {
            return new BindOutcome.Conflicts(difference.get());
        }
        return switch (BindingStage.of(existing)) {
            case DELETING -> new BindOutcome.Busy("The binding is being deleted");
            case PENDING ->
                request.asyncAccepted()
                        ? new BindOutcome.InProgress(OperationIds.bind(existing))
                        : answer(request, existing, false);
            case READY -> answer(request, existing, false);
            case EXPIRED ->
                secrets.read(existing)
                        .<BindOutcome>map(BindOutcome.AlreadyBound::new)
                        .orElseGet(() -> new BindOutcome.Conflicts("the binding with this binding_id has expired"));
            case FAILED -> failed(existing);
        };
    }

    private BindOutcome answer(BindRequest request, PostgresBinding known, boolean created) {
        Optional<PostgresBinding> settled = bindings.watch()
                .await(
                        known,
                        binding -> BindingStage.of(binding) != BindingStage.PENDING,
                        answers.binding(request.asyncAccepted()));
        if (settled.isEmpty()) {
            return new BindOutcome.Failed("The binding was deleted while it was being made");
        }
        PostgresBinding binding = settled.get();
        return switch (BindingStage.of(binding)) {
            case FAILED -> failed(binding);
            case DELETING -> new BindOutcome.Busy("The binding is being deleted");
            case PENDING -> late(request, binding);
            case READY, EXPIRED ->
                credentials(request, binding)
                        .map(credentials -> bound(credentials, created))
                        .orElseGet(() -> late(request, binding));
        };
    }

    /** Empty as well if they cannot be read now and the platform comes back for them. */
    private Optional<ServiceBinding> credentials(BindRequest request, PostgresBinding binding) {
        try {
            return secrets.read(binding);
        } catch (StoreUnavailable away) {
            if (request.asyncAccepted()) {
                return Optional.empty();
            }
            throw away;
        }
    }

    private static BindOutcome bound(ServiceBinding credentials, boolean created) {
        return created ? new BindOutcome.Bound(credentials) : new BindOutcome.AlreadyBound(credentials);
    }

    private BindOutcome late(BindRequest request, PostgresBinding binding) {
        if (request.asyncAccepted()) {
            return new BindOutcome.InProgress(OperationIds.bind(binding));
        }
        // A 4xx leaves nothing behind (OSB, Errors), and no platform would come back for it.
        discard(binding);
        return new BindOutcome.AsyncRequired();
    }

    /** The platform regards the binding as failed for good, so nothing of it may stay. */
    private BindOutcome failed(PostgresBinding binding) {
        discard(binding);
        return new BindOutcome.Failed(BindingOperation.description(binding, "The credentials could not be made"));
    }

    private void discard(PostgresBinding binding) {
        String name = binding.getMetadata().getName();
        String uid = binding.getMetadata().getUid();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            boolean deleted = bindings.store()
                    .find(name)
                    .filter(found -> uid.equals(found.getMetadata().getUid()))
                    .map(bindings.store()::delete)
                    .orElse(true);
            if (deleted) {
                return;
            }
        }
    }

    private static PostgresBinding binding(BindRequest request, PostgresBindingSpec spec) {
        PostgresBinding binding = new PostgresBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withName(ResourceNames.of(request.bindingId()))
                .addToLabels("app.kubernetes.io/managed-by", "howdah")
                .addToFinalizers(PostgresBinding.FINALIZER)
                .build());
        binding.setSpec(spec);
        return binding;
    }
}
