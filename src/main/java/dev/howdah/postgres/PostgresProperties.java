package dev.howdah.postgres;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of the administrator's connections.
 *
 * @param connectTimeout until the TCP connection stands
 * @param socketTimeout until an answer comes; must exceed {@code statementTimeout}, or a slow statement looks like a dead server
 * @param statementTimeout until the server gives up a statement
 * @param lockTimeout until the server gives up waiting for a lock. While it waits, others queue behind it, so it is short
 * @param terminateTimeout until the sessions of a role that is dropped or disabled are gone
 */
@Validated
@ConfigurationProperties(value = "howdah.postgres", ignoreUnknownFields = false)
record PostgresProperties(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("75s") Duration socketTimeout,
        @DefaultValue("60s") Duration statementTimeout,
        @DefaultValue("2s") Duration lockTimeout,
        @DefaultValue("10s") Duration terminateTimeout) {

    static PostgresProperties defaults() {
        return new PostgresProperties(
                Duration.ofSeconds(5),
                Duration.ofSeconds(75),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    // connectTimeout and socketTimeout are whole seconds in pgjdbc, where 0 means for ever.
    @AssertTrue(
            message = "howdah.postgres: durations must be positive, connect-timeout and socket-timeout at least 1s, "
                    + "and socket-timeout longer than statement-timeout")
    boolean isConsistent() {
        return Stream.of(statementTimeout, lockTimeout, terminateTimeout).allMatch(Duration::isPositive)
                && Stream.of(connectTimeout, socketTimeout).allMatch(timeout -> timeout.toSeconds() > 0)
                && socketTimeout.compareTo(statementTimeout) > 0;
    }
}
