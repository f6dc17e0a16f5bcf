package dev.howdah.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.OsbRequest.OriginatingIdentity;
import dev.howdah.crd.PostgresInstance;
import java.util.Optional;

/** Which platform an instance was asked for by, as far as it says (OSB profile, Context Object). */
final class AskingPlatform {
    private static final String PEOPLE = "";

    private AskingPlatform() {}

    /** The same text for all instances of one platform; empty for those that people made by hand. */
    static String of(PostgresInstance instance) {
        OsbRequest request = instance.getSpec().request();
        if (request == null) {
            return PEOPLE;
        }
        JsonNode context = request.context();
        if (context == null || !context.hasNonNull("platform")) {
            return Optional.ofNullable(request.originatingIdentity())
                    .map(OriginatingIdentity::platform)
                    .orElse("unknown");
        }
        return context.path("platform").asText() + "/"
                + context.path("clusterid").asText("");
    }
}
