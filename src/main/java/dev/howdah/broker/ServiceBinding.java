package dev.howdah.broker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service binding as a platform may see it. Holds a password: toString() does not show credentials.
 *
 * @param credentials Secret-safe keys, string values
 * @param renewBefore when to rotate at the latest; not after {@code expiresAt}
 */
public record ServiceBinding(
        BindingId id,
        Map<String, String> credentials,
        List<Endpoint> endpoints,
        Map<String, Object> parameters,
        @Nullable Instant expiresAt,
        @Nullable Instant renewBefore) {

    /** @param ports as in {@code 5432} */
    public record Endpoint(String host, List<String> ports, String protocol) {}

    @Override
    public String toString() {
        return "ServiceBinding[%s]".formatted(id.value());
    }
}
