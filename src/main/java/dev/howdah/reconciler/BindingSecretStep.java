package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresBinding;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Secret of a binding. The password in it is the truth: made once, written before any role exists, so that a process
 * killed in between leaves nothing that nobody knows.
 */
final class BindingSecretStep {
    static final String TYPE = "servicebinding.io/postgresql";
    private static final int LONGEST_LABEL = 63;

    /** @param isNew whether the password was made in this round */
    record Result(String password, String resourceVersion, boolean isNew) {
        @Override
        public String toString() {
            return "Result[resourceVersion=" + resourceVersion + ", isNew=" + isNew + "]";
        }
    }

    private final KubernetesClient client;
    private final ServerAccess access;
    private final Passwords passwords;

    BindingSecretStep(KubernetesClient client, ServerAccess access, Passwords passwords) {
        this.client = client;
        this.access = access;
        this.passwords = passwords;
    }

    static String name(PostgresBinding binding) {
        return binding.getMetadata().getName();
    }

    /** @param seen the Secret as the informer knows it; null if it knows none */
    Result ensure(PostgresBinding binding, @Nullable Secret seen, Endpoint endpoint, String database, String username) {
        if (seen != null && usable(seen)) {
            return keep(binding, seen, endpoint, database, username);
        }
        String password = passwords.next();
        try {
            Secret created = client.resource(secret(binding, credentials(endpoint, database, username, password)))
                    .create();
            return new Result(password, version(created), true);
        } catch (KubernetesClientException failure) {
            Secret unseen = failure.getCode() == HttpURLConnection.HTTP_CONFLICT ? find(binding) : null;
            if (unseen == null || !usable(unseen)) {
                throw failure;
            }
            return keep(binding, unseen, endpoint, database, username);
        }
    }

    private Result keep(PostgresBinding binding, Secret existing, Endpoint endpoint, String database, String username) {
        String password = SecretContent.find(existing, "password").orElse("");
        boolean lost = password.isEmpty();
        String kept = lost ? passwords.next() : password;
        Secret wished = secret(binding, credentials(endpoint, database, username, kept));
        if (!Agreement.holds(wished.getData(), existing.getData())) {
            Secret edited = client.resource(existing)
                    .edit(old ->
                            new SecretBuilder(old).addToData(wished.getData()).build());
            return new Result(kept, version(edited), lost);
        }
        return new Result(kept, version(existing), lost);
    }

    private Credentials credentials(Endpoint endpoint, String database, String username, String password) {
        return new Credentials(endpoint, database, username, password, access.caCertificate());
    }

    boolean exists(PostgresBinding binding) {
        return find(binding) != null;
    }

    void delete(PostgresBinding binding) {
        Secret secret = find(binding);
        if (secret != null && isOurs(secret, binding)) {
            client.resource(secret).delete();
        }
    }

    private static String version(Secret secret) {
        return secret.getMetadata().getResourceVersion();
    }

    private static boolean usable(Secret seen) {
        return seen.getMetadata().getDeletionTimestamp() == null;
    }

    private @Nullable Secret find(PostgresBinding binding) {
        return client.secrets()
                .inNamespace(binding.getMetadata().getNamespace())
                .withName(name(binding))
                .get();
    }

    private static boolean isOurs(Secret secret, PostgresBinding binding) {
        return secret.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(binding.getMetadata().getUid()));
    }

    private static Secret secret(PostgresBinding binding, Credentials credentials) {
        String label = binding.getMetadata().getName();
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name(binding))
                .withNamespace(binding.getMetadata().getNamespace())
                .addToLabels(Map.of(
                        "app.kubernetes.io/managed-by",
                        "howdah",
                        "app.kubernetes.io/part-of",
                        "howdah",
                        Labels.BINDING,
                        label.length() <= LONGEST_LABEL ? label : Fingerprints.ofText(label)))
                .withOwnerReferences(Owners.reference(binding, true))
                .endMetadata()
                .withType(TYPE)
                .withData(SecretContent.encoded(credentials.entries()))
                .build();
    }
}
