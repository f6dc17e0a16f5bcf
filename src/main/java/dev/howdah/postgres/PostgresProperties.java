package dev.howdah.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the administrator's connections.
 *
 * @param connectTimeout until the TCP connection stands
 * @param socketTimeout until an answer comes; must exceed {@code statementTimeout}, or a slow statement looks like a dead server
 * @param statementTimeout until the server gives up a statement
 * @param lockTimeout until the server gives up waiting for a lock. While it waits, others queue behind it, so it is short
 * @param terminateTimeout until the sessions of a role that is dropped or disabled are gone
 */
@ConfigurationProperties(value = "howdah.postgres", ignoreUnknownFields = false)
record PostgresProperties(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("75s") Duration socketTimeout,
        @DefaultValue("60s") Duration statementTimeout,
        @DefaultValue("2s") Duration lockTimeout,
        @DefaultValue("10s") Duration terminateTimeout) {

    PostgresProperties {
        requireSeconds("connect-timeout", connectTimeout);
        requireSeconds("socket-timeout", socketTimeout);
        requirePositive("statement-timeout", statementTimeout);
        requirePositive("lock-timeout", lockTimeout);
        requirePositive("terminate-timeout", terminateTimeout);
        if (socketTimeout.compareTo(statementTimeout) <= 0) {
            throw new IllegalArgumentException("howdah.postgres.socket-timeout is " + socketTimeout
                    + ": use more than howdah.postgres.statement-timeout, which is " + statementTimeout);
        }
    }

    static PostgresProperties defaults() {
        return new PostgresProperties(
                Duration.ofSeconds(5),
                Duration.ofSeconds(75),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    // Whole seconds in pgjdbc, where 0 means for ever.
    private static void requireSeconds(String name, Duration timeout) {
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("howdah.postgres." + name + " is " + timeout + ": use 1s or more");
        }
    }

    private static void requirePositive(String name, Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "howdah.postgres." + name + " is " + timeout + ": use a time above zero, as in 10s");
        }
    }
}
