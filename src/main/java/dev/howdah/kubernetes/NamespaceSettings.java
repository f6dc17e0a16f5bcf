package dev.howdah.kubernetes;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param namespace in which the instances and bindings of platforms are kept */
@ConfigurationProperties("howdah")
record NamespaceSettings(@DefaultValue("howdah-instances") String namespace) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    NamespaceSettings {
        if (!LABEL.matcher(namespace).matches()) {
            throw new IllegalArgumentException("howdah.namespace is '" + namespace
                    + "': use the name of a namespace, up to 63 of a to z, 0 to 9 and -, and no - at its ends");
        }
    }
}
