package dev.howdah.broker;

import java.util.Map;

/** Who asked, in the platform's words (OSB, Originating Identity). */
public record OriginatingIdentity(String platform, Map<String, Object> value) {
    public OriginatingIdentity {
        value = Map.copyOf(value);
    }
}
