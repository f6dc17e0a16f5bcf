package dev.howdah.security;

import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.context.request.async.WebAsyncManagerIntegrationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Begins filter chains with what Spring Security's own prototype has that an API without browsers needs: no session, cookie, form,
 * logout page or saved request, so nothing to forge. The prototype looks through all beans for customizers of each of its thirty
 * parts, of which there are none, and twice, for there are two chains: a good part of a start.
 */
final class FilterChains {
    private final ObjectPostProcessor<Object> processor;
    private final ApplicationContext context;

    FilterChains(ObjectPostProcessor<Object> processor, ApplicationContext context) {
        this.processor = processor;
        this.context = context;
    }

    HttpSecurity begin() throws Exception {
        return new HttpSecurity(
                        processor,
                        new AuthenticationManagerBuilder(processor),
                        new HashMap<>(Map.of(
                                ApplicationContext.class,
                                context,
                                PathPatternRequestMatcher.Builder.class,
                                PathPatternRequestMatcher.withDefaults())))
                .addFilter(new WebAsyncManagerIntegrationFilter())
                .exceptionHandling(Customizer.withDefaults())
                .headers(Customizer.withDefaults())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(Customizer.withDefaults())
                .anonymous(Customizer.withDefaults())
                .servletApi(Customizer.withDefaults());
    }
}
