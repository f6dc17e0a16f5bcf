package dev.howdah.osb;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param drain how long a process that is asked to stop still takes requests */
@ConfigurationProperties(value = "howdah.shutdown", ignoreUnknownFields = false)
record ShutdownSettings(@DefaultValue("3s") Duration drain) {}
