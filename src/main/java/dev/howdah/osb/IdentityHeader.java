package dev.howdah.osb;

import dev.howdah.broker.OriginatingIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** The header X-Broker-API-Originating-Identity: a platform, a space and an object of JSON in base64. */
final class IdentityHeader {
    private static final String MALFORMED =
            "The header X-Broker-API-Originating-Identity has to be a platform, a space and a base64-encoded JSON object.";

    private IdentityHeader() {}

    static OriginatingIdentity parse(String header) {
        String[] parts = header.strip().split("\\s+");
        if (parts.length != 2) {
            throw OsbException.badRequest(MALFORMED);
        }
        try {
            byte[] json = Base64.getDecoder().decode(parts[1]);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            Map<String, Object> value = new HashMap<>(JsonBody.parse(text).asMap());
            value.values().removeIf(Objects::isNull);
            return new OriginatingIdentity(parts[0], value);
        } catch (IllegalArgumentException | CharacterCodingException | JacksonException | OsbException flaw) {
            throw OsbException.badRequest(MALFORMED);
        }
    }

    /** The user's name as the platform's profile spells it. */
    static String user(OriginatingIdentity identity) {
        String name = Stream.of("username", "user_name", "user_id", "uid")
                .map(identity.value()::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse("unknown");
        return "%s:%s".formatted(identity.platform(), name);
    }
}
