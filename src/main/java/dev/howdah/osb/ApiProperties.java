package dev.howdah.osb;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the API behaves at its edges.
 *
 * @param missingVersionIs412 whether a request without X-Broker-API-Version gets 412, and not 400
 * @param maxBodySize of a request
 */
@ConfigurationProperties(value = "howdah.api", ignoreUnknownFields = false)
record ApiProperties(
        @DefaultValue("false") boolean missingVersionIs412,
        @DefaultValue("64KB") DataSize maxBodySize) {}
