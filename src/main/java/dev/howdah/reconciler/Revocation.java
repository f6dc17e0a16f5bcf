package dev.howdah.reconciler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerSpec.Storage;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change that failed and left the server unusable is taken back: the server gets the spec that it last worked with. The
 * instance keeps its wish and the failure, until the wish changes.
 */
final class Revocation {
    /** Annotation of a PostgresServer: the spec it worked with before the last change, as JSON. */
    static final String LAST_GOOD = "howdah.dev/last-good-spec";

    /** Annotation of a PostgresServer: the generation of the instance's spec that was taken back. */
    static final String REVOKED = "howdah.dev/revoked-generation";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Revocation() {}

    /** The spec to go back to; empty as long as the instance's own counts. */
    static Optional<PostgresServerSpec> of(PostgresInstance instance, PostgresServer server) {
        return isRevoked(instance, server) || mustBeRevoked(instance, server) ? lastGood(server) : Optional.empty();
    }

    static boolean isRevoked(PostgresInstance instance, PostgresServer server) {
        return generation(instance).equals(annotation(server, REVOKED));
    }

    /** What to note on the server when its spec changes: what it worked with, if it did. */
    static Map<String, String> note(PostgresServer server, PostgresServerSpec next) {
        boolean sameWorkload =
                ServerClaim.withNamespaces(next, null).equals(ServerClaim.withNamespaces(server.getSpec(), null));
        if (sameWorkload || !ServerStatuses.isUpToDate(server)) {
            return Map.of();
        }
        try {
            return Map.of(LAST_GOOD, JSON.writeValueAsString(server.getSpec()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A spec can always be written as JSON", impossible);
        }
    }

    static String generation(PostgresInstance instance) {
        return String.valueOf(instance.getMetadata().getGeneration());
    }

    private static boolean mustBeRevoked(PostgresInstance instance, PostgresServer server) {
        PostgresInstanceStatus status = InstanceStatuses.of(instance);
        Operation operation = status.operation();
        boolean failedUpdate = operation != null
                && operation.type() == Operation.Type.Update
                && operation.state() == Operation.State.Failed
                && String.valueOf(status.observedGeneration()).equals(generation(instance));
        return failedUpdate
                && (!Conditions.isTrue(ServerStatuses.of(server).conditions(), Conditions.READY) || isTimeBomb(server));
    }

    /** A running server refuses such a setting and works on; at its next start it would find it in its file, and not start. */
    private static boolean isTimeBomb(PostgresServer server) {
        return Conditions.find(ServerStatuses.of(server).conditions(), Conditions.APPLIED)
                .filter(condition -> "SettingRefused".equals(condition.getReason()))
                .isPresent();
    }

    /** Volumes never shrink, so of the failed change the larger one stays. */
    private static Optional<PostgresServerSpec> lastGood(PostgresServer server) {
        String text = annotation(server, LAST_GOOD);
        if (text == null) {
            return Optional.empty();
        }
        try {
            PostgresServerSpec spec = JSON.readValue(text, PostgresServerSpec.class);
            return Optional.of(
                    withStorage(spec, larger(spec.storage(), server.getSpec().storage())));
        } catch (JsonProcessingException edited) {
            return Optional.empty(); // by hand; there is nothing to go back to
        }
    }

    private static Storage larger(Storage a, Storage b) {
        int order = new Quantity(a.size()).getNumericalAmount().compareTo(new Quantity(b.size()).getNumericalAmount());
        return order >= 0 ? a : b;
    }

    private static PostgresServerSpec withStorage(PostgresServerSpec spec, Storage storage) {
        return new PostgresServerSpec(
                spec.version(),
                spec.image(),
                spec.resources(),
                storage,
                spec.maxConnections(),
                spec.initdbArgs(),
                spec.settings(),
                spec.exposure(),
                spec.scheduling(),
                spec.clientNamespaces(),
                spec.engine());
    }

    private static @Nullable String annotation(PostgresServer server, String name) {
        return server.getMetadata().getAnnotations() == null
                ? null
                : server.getMetadata().getAnnotations().get(name);
    }
}
