package dev.howdah.reconciler;

import dev.howdah.crd.PostgresServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Applies the objects of a server that are not as they shall be. A server whose objects are right causes no request. */
final class ChildApplier {
    /** Hash of the manifest that was applied last: shows that something we once set is no longer wished. */
    static final String APPLIED = "howdah.dev/applied";

    /** Applies what differs, all at once, and gives the children as they are then. */
    ServerChildren apply(List<HasMetadata> wished, ServerChildren seen, Context<PostgresServer> context) {
        List<HasMetadata> different = wished.stream()
                .map(ChildApplier::marked)
                .filter(object -> differs(object, seen.counterpart(object)))
                .toList();
        return seen.with(applyAll(different, context));
    }

    private List<HasMetadata> applyAll(List<HasMetadata> objects, Context<PostgresServer> context) {
        if (objects.size() == 1) {
            return List.of(context.resourceOperations().serverSideApply(objects.getFirst()));
        }
        List<CompletableFuture<HasMetadata>> running = objects.stream()
                .map(object ->
                        SideBySide.begin(() -> context.resourceOperations().serverSideApply(object)))
                .toList();
        return running.stream().map(SideBySide::result).toList();
    }

    static boolean differs(HasMetadata wished, @Nullable HasMetadata observed) {
        return observed == null || !Agreement.holds(wished, observed);
    }

    /** The annotation takes part in the comparison. A Secret's content is compared itself, so that no hash of it is published. */
    private static HasMetadata marked(HasMetadata object) {
        if (!(object instanceof Secret)) {
            var annotations = new TreeMap<String, String>();
            if (object.getMetadata().getAnnotations() != null) {
                annotations.putAll(object.getMetadata().getAnnotations());
            }
            annotations.put(APPLIED, Fingerprints.of(object));
            object.getMetadata().setAnnotations(annotations);
        }
        return object;
    }
}
