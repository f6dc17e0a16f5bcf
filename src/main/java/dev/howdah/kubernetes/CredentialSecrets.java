package dev.howdah.kubernetes;

import dev.howdah.broker.ServiceBinding;
import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresBindingStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Reads the credentials of bindings from their Secrets. */
final class CredentialSecrets {
    private final KubernetesClient client;
    private final String namespace;

    CredentialSecrets(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * The binding with its credentials; empty while there are none, also when someone deleted the Secret and new ones are being made.
     *
     * @throws dev.howdah.broker.StoreUnavailable if the API server does not answer
     */
    Optional<ServiceBinding> read(PostgresBinding binding) {
        return OwnBinding.of(binding)
                .flatMap(own -> secretName(binding)
                        .map(name -> ResourceStore.asking(() -> client.secrets()
                                .inNamespace(namespace)
                                .withName(name)
                                .get()))
                        .map(secret -> BindingView.of(binding, own.request(), secret)));
    }

    private static Optional<String> secretName(PostgresBinding binding) {
        return Optional.ofNullable(binding.getStatus())
                .map(PostgresBindingStatus::binding)
                .map(PostgresBindingStatus.SecretReference::name);
    }
}
