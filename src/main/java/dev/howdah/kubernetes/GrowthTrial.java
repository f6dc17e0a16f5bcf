package dev.howdah.kubernetes;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresServerSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API server whether it would let a volume grow, without growing it (dry run). Only a storage class that allows it can, and
 * a volume that cannot must be said before the instance wishes what it never gets: a wish for more storage cannot be taken back.
 */
final class GrowthTrial {
    private static final String SERVER = "howdah.dev/server";
    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;

    GrowthTrial(KubernetesClient client) {
        this.client = client;
    }

    /** Why the volume of the instance cannot become as large as the spec wants it; empty also if nobody can tell now. */
    Optional<String> refusal(PostgresInstance instance, PostgresInstanceSpec wanted) {
        String size = sizeOf(wanted.server());
        String server =
                instance.getStatus() == null ? null : instance.getStatus().server();
        if (size == null
                || server == null
                || size.equals(sizeOf(instance.getSpec().server()))) {
            return Optional.empty();
        }
        try {
            return client
                    .persistentVolumeClaims()
                    .inNamespace(instance.getMetadata().getNamespace())
                    .withLabel(SERVER, server)
                    .list()
                    .getItems()
                    .stream()
                    .findFirst()
                    .filter(claim -> isLarger(size, claim))
                    .flatMap(claim -> refusal(claim, size));
        } catch (KubernetesClientException _) {
            return Optional.empty(); // the reconciler asks again, and says what it is told
        }
    }

    private Optional<String> refusal(PersistentVolumeClaim claim, String size) {
        try {
            client.resource(claim)
                    .dryRun()
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\": {\"resources\": {\"requests\": {\"storage\": \"%s\"}}}}".formatted(size));
            return Optional.empty();
        } catch (KubernetesClientException refused) {
            boolean said = refused.getCode() == FORBIDDEN || refused.getCode() == UNPROCESSABLE;
            return said && refused.getStatus() != null && !isAboutUs(refused)
                    ? Optional.of(
                            "The volume cannot grow: " + refused.getStatus().getMessage())
                    : Optional.empty();
        }
    }

    /** A process without the right to change volumes has not learnt anything about this one. */
    private static boolean isAboutUs(KubernetesClientException refused) {
        return String.valueOf(refused.getStatus().getMessage()).contains("cannot patch resource");
    }

    private static boolean isLarger(String size, PersistentVolumeClaim claim) {
        Quantity requested = claim.getSpec().getResources().getRequests().get("storage");
        return requested == null
                || new Quantity(size).getNumericalAmount().compareTo(requested.getNumericalAmount()) > 0;
    }

    private static @Nullable String sizeOf(@Nullable PostgresServerSpec server) {
        return server == null ? null : server.storage().size();
    }
}
