package dev.howdah.osb;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** OSB, Request Identity: sent back with every answer, errors included, and part of every line in the log. */
final class RequestIdentityFilter extends OncePerRequestFilter {
    static final String HEADER = "X-Broker-API-Request-Identity";
    static final String MDC_KEY = "request_identity";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String identity = request.getHeader(HEADER);
        if (identity == null || identity.isBlank()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HEADER, identity);
        try (MDC.MDCCloseable named = MDC.putCloseable(MDC_KEY, identity)) {
            chain.doFilter(request, response);
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
