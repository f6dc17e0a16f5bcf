package dev.howdah.postgres;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a server as its administrator, who is a superuser.
 *
 * @param host DNS name or IP address; a DNS name is also checked against the server's certificate
 * @param caCertificate PEM of one or more authorities that may have signed the server's certificate; null means no TLS,
 *     which is for tests
 */
public record ServerAddress(
        String host,
        int port,
        String user,
        String password,
        @Nullable String caCertificate) {
    /** @throws IllegalArgumentException if host or port cannot be right */
    public ServerAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host is empty: name the server's host");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port is " + port + ": use 1 to 65535");
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
