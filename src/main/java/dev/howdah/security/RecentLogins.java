package dev.howdah.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Marks the requests whose login, from the same address, the security chain has let in less than a second ago, for those who can
 * answer without it. For the catalog alone, which is asked for often and which everybody who may call may read.
 */
final class RecentLogins {
    private static final String PATH = "/v2/catalog";

    /** Request attribute: set if the login is known to be right. */
    private static final String ATTRIBUTE = "howdah.recent-login";

    /** For what no file says: the end of a token of an issuer is noticed so much later. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private static final int MOST = 1000;

    private final Map<Login, LetIn> recent = new ConcurrentHashMap<>();
    private final KnownCallers callers;
    private final LoginGate gate;
    private final Clock clock;

    private record Login(String address, Digest authorization) {}

    /** @param among all credentials there were then: as soon as they are read again, a login is checked again */
    private record LetIn(Credentials among, long until) {}

    RecentLogins(KnownCallers callers, LoginGate gate, Clock clock) {
        this.callers = callers;
        this.gate = gate;
        this.clock = clock;
    }

    /** To be put before the security chain. */
    OncePerRequestFilter before() {
        return new ForCatalog() {
            @Override
            protected void look(HttpServletRequest request, String authorization) {
                LetIn known = recent.get(login(request, authorization));
                if (known != null && clock.millis() < known.until() && known.among() == callers.now()) {
                    request.setAttribute(ATTRIBUTE, true);
                    gate.passAgain(authorization);
                }
            }
        };
    }

    /** To be put behind the security chain. */
    OncePerRequestFilter behind() {
        return new ForCatalog() {
            @Override
            protected void look(HttpServletRequest request, String authorization) {
                if (request.getUserPrincipal() != null) {
                    remember(login(request, authorization));
                }
            }
        };
    }

    private void remember(Login login) {
        long now = clock.millis();
        if (recent.size() >= MOST) {
            recent.values().removeIf(known -> known.until() <= now);
        }
        if (recent.size() < MOST) {
            recent.put(login, new LetIn(callers.now(), now + GOOD_FOR.toMillis()));
        }
    }

    private static Login login(HttpServletRequest request, String authorization) {
        return new Login(request.getRemoteAddr(), Digest.of(authorization));
    }

    private abstract static class ForCatalog extends OncePerRequestFilter {
        protected abstract void look(HttpServletRequest request, String authorization);

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            @Nullable String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
            if (authorization != null) {
                look(request, authorization);
            }
            chain.doFilter(request, response);
        }

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return !request.getRequestURI().equals(PATH);
        }

        /** Two of them are in the chain. */
        @Override
        protected String getAlreadyFilteredAttributeName() {
            return getClass().getName() + ".FILTERED";
        }
    }
}
