package dev.howdah.kubernetes;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is measured.
 *
 * @param stuckAfter an operation in progress for longer counts as stuck
 */
@ConfigurationProperties(value = "howdah.observability", ignoreUnknownFields = false)
record ObservabilitySettings(@DefaultValue("5m") Duration stuckAfter) {}
