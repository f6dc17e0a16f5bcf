package dev.howdah.observability;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param namespace whose resources are watched */
@ConfigurationProperties("howdah")
record WatchedNamespace(@DefaultValue("howdah-instances") String namespace) {}
