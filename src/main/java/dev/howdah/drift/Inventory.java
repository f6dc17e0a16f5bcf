package dev.howdah.drift;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Optional;

/**
 * What there is, read at nearly the same time: first what is owned, then its owners, so that nothing seems ownerless because
 * its owner was just made.
 *
 * @param bindingSecrets Secrets with the credentials of bindings
 * @param serverObjects everything that carries the label of a server: StatefulSets, Pods, volumes, Services, Secrets, ...
 * @param retained volumes that were kept on purpose
 * @param roles the login roles of bindings, by instance; instances whose server could not be asked are missing
 */
record Inventory(
        List<HasMetadata> bindingSecrets,
        List<HasMetadata> serverObjects,
        List<HasMetadata> retained,
        List<PostgresBinding> bindings,
        List<PostgresServer> servers,
        List<PostgresInstance> instances,
        List<RolesOfInstance> roles) {

    /**
     * @param instance name of the PostgresInstance
     * @param expected roles of the bindings that were there before the server was asked, and still after
     * @param known roles of all bindings that were there before or after
     */
    record RolesOfInstance(String instance, List<String> found, List<String> expected, List<String> known) {}

    Optional<PostgresInstance> instance(String name) {
        return instances.stream()
                .filter(instance -> instance.getMetadata().getName().equals(name))
                .findFirst();
    }

    static Optional<OwnerReference> owner(HasMetadata object, Class<? extends HasMetadata> kind) {
        return Optional.ofNullable(object.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                .filter(owner -> owner.getKind().equals(HasMetadata.getKind(kind)))
                .findFirst();
    }

    static boolean owns(HasMetadata owner, OwnerReference reference) {
        return owner.getMetadata().getUid().equals(reference.getUid());
    }
}
