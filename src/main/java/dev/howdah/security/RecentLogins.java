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

    /** A password that is taken away is no longer good after {@code howdah.security.reload-interval} and this. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private static final int MOST = 1000;

    private final Map<Login, Long> until = new ConcurrentHashMap<>();
    private final LoginGate gate;
    private final Clock clock;

    private record Login(String address, Digest authorization) {}

    RecentLogins(LoginGate gate, Clock clock) {
        this.gate = gate;
        this.clock = clock;
    }

    /** To be put before the security chain. */
    OncePerRequestFilter before() {
        return new ForCatalog() {
            @Override
            protected void look(HttpServletRequest request, String authorization) {
                Long end = until.get(login(request, authorization));
                if (end != null && clock.millis() < end) {
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
        if (until.size() >= MOST) {
            until.values().removeIf(end -> end <= now);
        }
        if (until.size() < MOST) {
            until.put(login, now + GOOD_FOR.toMillis());
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
