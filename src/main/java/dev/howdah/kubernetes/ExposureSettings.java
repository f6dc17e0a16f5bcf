package dev.howdah.kubernetes;

import dev.howdah.crd.PostgresServerSpec;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clients reach the servers of new instances.
 *
 * @param type ClusterIP, NodePort or LoadBalancer
 */
@ConfigurationProperties("howdah.exposure")
record ExposureSettings(@DefaultValue("ClusterIP") PostgresServerSpec.Exposure type) {}
