package dev.howdah.osb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** What the library's controllers read too generously. */
final class QueryInterceptor implements HandlerInterceptor {
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // The library also answers below /{platform}/v2, where ids of different platforms would meet unseen.
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.containsKey("platformInstanceId")) {
            throw OsbException.notFound("There is nothing at this path.");
        }
        String[] accepts = request.getParameterValues("accepts_incomplete");
        if (accepts != null && (accepts.length != 1 || !BOOLEANS.contains(accepts[0]))) {
            throw OsbException.badRequest("The query parameter accepts_incomplete has to be true or false.");
        }
        return true;
    }
}
