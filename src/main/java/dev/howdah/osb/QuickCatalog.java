package dev.howdah.osb;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers who asks for the whole catalog with a login that was let in a moment ago. Every other request goes the long way, which
 * gives the same answer with the same headers.
 */
final class QuickCatalog extends OncePerRequestFilter {
    private static final String PATH = "/v2/catalog";

    /** Request attribute of the security module: the login is known to be right. */
    private static final String RECENT_LOGIN = "howdah.recent-login";

    /** Headers of requests that are answered otherwise, or that have to be checked. */
    private static final List<String> SPECIAL = List.of(
            HttpHeaders.IF_NONE_MATCH,
            HttpHeaders.IF_MODIFIED_SINCE,
            HttpHeaders.RANGE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_UNMODIFIED_SINCE,
            "X-Broker-API-Originating-Identity");

    private static final String TRANSPORT_SECURITY = "max-age=31536000 ; includeSubDomains";

    private final byte[] json;
    private final Map<String, String> headers;

    QuickCatalog(PublishedCatalog catalog) {
        HttpHeaders modified = new HttpHeaders();
        modified.setLastModified(catalog.publishedAt());
        json = catalog.json();
        headers = Map.of(
                HttpHeaders.ETAG,
                catalog.etag(),
                HttpHeaders.LAST_MODIFIED,
                Objects.requireNonNull(modified.getFirst(HttpHeaders.LAST_MODIFIED)),
                HttpHeaders.CACHE_CONTROL,
                "no-cache",
                HttpHeaders.PRAGMA,
                "no-cache",
                HttpHeaders.EXPIRES,
                "0",
                "X-Content-Type-Options",
                "nosniff",
                "X-XSS-Protection",
                "0",
                "X-Frame-Options",
                "DENY");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isOrdinary(request)) {
            chain.doFilter(request, response);
            return;
        }
        response.setContentType("application/json");
        response.setContentLength(json.length);
        headers.forEach(response::setHeader);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", TRANSPORT_SECURITY);
        }
        response.getOutputStream().write(json);
    }

    private static boolean isOrdinary(HttpServletRequest request) {
        @Nullable String version = request.getHeader(ApiHeadersFilter.VERSION_HEADER);
        return request.getMethod().equals("GET")
                && request.getAttribute(RECENT_LOGIN) != null
                && request.getQueryString() == null
                && version != null
                && ApiHeadersFilter.isSupported(version)
                && SPECIAL.stream().allMatch(header -> request.getHeader(header) == null);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals(PATH);
    }
}
