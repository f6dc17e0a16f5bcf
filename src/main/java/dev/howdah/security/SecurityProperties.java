package dev.howdah.security;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param users password by user name; mount them from a Secret or set them in the environment
 */
@ConfigurationProperties(value = "howdah.security", ignoreUnknownFields = false)
record SecurityProperties(@DefaultValue Map<String, String> users) {
    @Override
    public String toString() {
        return "SecurityProperties[users=%s]".formatted(users.keySet());
    }
}
