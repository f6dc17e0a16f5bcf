package dev.howdah.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * One line for each request that may change something: who, on whose behalf, what, which answer. Bodies and query strings
 * are never in it, for parameters may be secret.
 */
final class AuditFilter extends OncePerRequestFilter {
    private static final Logger AUDIT = LoggerFactory.getLogger("dev.howdah.audit");
    private static final Set<String> MUTATING = Set.of("PUT", "PATCH", "DELETE", "POST");

    /** Request attribute that the API sets once it has read the header X-Broker-API-Originating-Identity. */
    private static final String ORIGINATING_USER = "howdah.originating-user";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Principal caller = request.getUserPrincipal();
        try {
            chain.doFilter(request, response);
        } finally {
            // An asynchronous answer comes through here again, when it is written.
            if (!isAsyncStarted(request)) {
                log(request, response, caller);
            }
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !MUTATING.contains(request.getMethod())
                || !request.getRequestURI().startsWith("/v2/");
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static void log(HttpServletRequest request, HttpServletResponse response, @Nullable Principal caller) {
        AUDIT.atInfo()
                .addKeyValue("method", request.getMethod())
                // Still percent-encoded, so that an id cannot break the line.
                .addKeyValue("path", request.getRequestURI())
                .addKeyValue("caller", caller == null ? "unknown" : caller.getName())
                .addKeyValue("originating_user", printable(request.getAttribute(ORIGINATING_USER)))
                .addKeyValue("status", response.getStatus())
                .log("OSB request");
    }

    private static String printable(@Nullable Object user) {
        return user == null ? "none" : user.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
