package dev.howdah.osb;

import dev.howdah.broker.OriginatingIdentity;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** OSB, API Version Header and Originating Identity: checked before anything of the request is looked at. */
final class ApiHeadersFilter extends OncePerRequestFilter {
    /** Request attribute: the parsed {@link OriginatingIdentity}. */
    static final String IDENTITY_ATTRIBUTE = "howdah.originating-identity";

    /** Request attribute for the audit: the name of the user, as text. */
    private static final String USER_ATTRIBUTE = "howdah.originating-user";

    static final String VERSION_HEADER = "X-Broker-API-Version";
    private static final String IDENTITY_HEADER = "X-Broker-API-Originating-Identity";

    /** Kubernetes Service Catalog says 2.14 to this day; newer minor versions only add. */
    private static final Pattern SUPPORTED = Pattern.compile("2\\.(?:1[1-9]|[2-9][0-9]|[1-9][0-9]{2})");

    private final boolean missingVersionIs412;

    ApiHeadersFilter(boolean missingVersionIs412) {
        this.missingVersionIs412 = missingVersionIs412;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            checkVersion(request.getHeader(VERSION_HEADER));
            readIdentity(request);
        } catch (OsbException refused) {
            ErrorWriter.write(response, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.equals("/v2") && !path.startsWith("/v2/");
    }

    static boolean isSupported(String version) {
        return SUPPORTED.matcher(version.strip()).matches();
    }

    private void checkVersion(@Nullable String version) {
        if (version == null) {
            throw OsbException.of(
                    missingVersionIs412 ? HttpStatus.PRECONDITION_FAILED : HttpStatus.BAD_REQUEST,
                    missingVersionIs412 ? "PreconditionFailed" : "BadRequest",
                    "The header X-Broker-API-Version is missing; send 2.17.");
        }
        if (!isSupported(version)) {
            throw OsbException.of(
                    HttpStatus.PRECONDITION_FAILED,
                    "PreconditionFailed",
                    "The header X-Broker-API-Version has to be 2.17, or another 2.x from 2.11 on.");
        }
    }

    private static void readIdentity(HttpServletRequest request) {
        Optional.ofNullable(request.getHeader(IDENTITY_HEADER))
                .map(IdentityHeader::parse)
                .ifPresent(identity -> {
                    request.setAttribute(IDENTITY_ATTRIBUTE, identity);
                    request.setAttribute(USER_ATTRIBUTE, IdentityHeader.user(identity));
                });
    }
}
