package dev.howdah.reconciler;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Optional;

/** Who owns what. An instance's claim on a server is the owner reference that the server has to it. */
final class Owners {
    private static final String INSTANCE = HasMetadata.getKind(PostgresInstance.class);

    private Owners() {}

    /** Name of the instance that has claimed the server. */
    static Optional<String> instanceOf(PostgresServer server) {
        return reference(server).map(OwnerReference::getName);
    }

    static boolean isClaimedBy(PostgresServer server, PostgresInstance instance) {
        return reference(server)
                .map(owner -> owner.getUid().equals(instance.getMetadata().getUid()))
                .orElse(false);
    }

    static OwnerReference reference(HasMetadata owner, boolean controller) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(controller ? true : null)
                .build();
    }

    private static Optional<OwnerReference> reference(PostgresServer server) {
        return Optional.ofNullable(server.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                .filter(owner -> INSTANCE.equals(owner.getKind()))
                .findFirst();
    }
}
