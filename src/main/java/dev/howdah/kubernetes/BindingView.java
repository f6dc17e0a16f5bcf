package dev.howdah.kubernetes;

import dev.howdah.broker.BindingId;
import dev.howdah.broker.ServiceBinding;
import dev.howdah.broker.ServiceBinding.Endpoint;
import dev.howdah.crd.OsbRequest;
import dev.howdah.crd.PostgresBinding;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows a binding and its Secret to the platform. Pure. */
final class BindingView {
    /** Those of the Secret that a platform gets; the Secret also says what service binding controllers want to know. */
    private static final List<String> CREDENTIALS =
            List.of("uri", "jdbc_url", "host", "port", "database", "username", "password", "sslmode", "ca_certificate");

    /** Leaves a fifth of the credentials' life to rotate in. */
    private static final double ROTATE_AT = 0.8;

    private BindingView() {}

    static ServiceBinding of(PostgresBinding binding, OsbRequest request, Secret secret) {
        Map<String, String> credentials = credentials(secret);
        Instant expiresAt = expiresAt(binding);
        return new ServiceBinding(
                new BindingId(request.id()),
                credentials,
                endpoints(credentials),
                Json.map(request.parameters()),
                expiresAt,
                expiresAt == null ? null : renewBefore(createdAt(binding), expiresAt));
    }

    private static Map<String, String> credentials(Secret secret) {
        Map<String, String> data = Optional.ofNullable(secret.getData()).orElse(Map.of());
        Map<String, String> credentials = new LinkedHashMap<>();
        for (String key : CREDENTIALS) {
            String value = data.get(key);
            if (value != null) {
                credentials.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
            }
        }
        return credentials;
    }

    private static List<Endpoint> endpoints(Map<String, String> credentials) {
        String host = credentials.get("host");
        String port = credentials.get("port");
        return host == null || port == null ? List.of() : List.of(new Endpoint(host, List.of(port), "tcp"));
    }

    static @Nullable Instant expiresAt(PostgresBinding binding) {
        return Optional.ofNullable(binding.getSpec().expiresAt())
                .map(text -> OffsetDateTime.parse(text).toInstant())
                .orElse(null);
    }

    static Instant createdAt(PostgresBinding binding) {
        return OffsetDateTime.parse(binding.getMetadata().getCreationTimestamp())
                .toInstant();
    }

    static Instant renewBefore(Instant createdAt, Instant expiresAt) {
        Duration life = Duration.between(createdAt, expiresAt);
        return createdAt.plusSeconds((long) (life.toSeconds() * ROTATE_AT));
    }
}
