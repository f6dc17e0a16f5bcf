package dev.howdah.kubernetes;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param namespace in which the instances and bindings of platforms are kept */
@Validated
@ConfigurationProperties("howdah")
record NamespaceSettings(
        @DefaultValue("howdah-instances") @Pattern(regexp = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
        String namespace) {}
