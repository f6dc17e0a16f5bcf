package dev.howdah.osb;

import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP, which can also close the connections that are kept for a next request. A paused Tomcat cuts them when that request
 * comes, without an answer; closed before, the platform opens another one. Public because Tomcat makes it by its name.
 */
public final class DrainableHttp extends Http11NioProtocol {
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** Those that have been quiet for a second, within another one. Requests in hand set their own timeouts. */
    void closeIdle() {
        setKeepAliveTimeout((int) IDLE.toMillis());
        getEndpoint().getConnections().forEach(connection -> connection.setReadTimeout(IDLE.toMillis()));
    }
}
