package dev.howdah.osb;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.coyote.ProtocolHandler;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Between the wish to stop and the closing of the port: whoever still calls is answered, and told to close the connection, and
 * connections on which nobody calls are closed, so that no platform sends its next request into one that is going to be cut.
 * Readiness is down by then.
 */
final class Drain extends OncePerRequestFilter implements SmartLifecycle {
    /** After the reconcilers, so that another replica takes the lead while this one still answers. */
    private static final int PHASE = DEFAULT_PHASE - 512;

    private final Duration time;
    private final List<DrainableHttp> connectors = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private volatile boolean draining;

    Drain(Duration time) {
        this.time = time;
    }

    void add(ProtocolHandler connector) {
        if (connector instanceof DrainableHttp drainable) {
            connectors.add(drainable);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (draining) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    public void start() {
        draining = false;
        running = true;
    }

    @Override
    public void stop() {
        draining = true;
        running = false;
        try {
            Thread.sleep(time.dividedBy(2));
            connectors.forEach(DrainableHttp::closeIdle);
            Thread.sleep(time.dividedBy(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
