package dev.howdah.security;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings as Spring binds them. */
final class Settings {
    private Settings() {}

    static SecurityProperties of(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("howdah.security", SecurityProperties.class);
    }
}
