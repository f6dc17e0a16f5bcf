package dev.howdah.tls;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param namespace that holds the authority and the API's certificate */
@ConfigurationProperties("howdah")
record AuthoritySettings(@DefaultValue("howdah-instances") String namespace) {}
