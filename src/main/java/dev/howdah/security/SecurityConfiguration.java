package dev.howdah.security;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.OncePerRequestFilter;

/** Who is not named may ask for the state of health and for nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {
    @Bean
    FilterChains filterChains(ObjectPostProcessor<Object> processor, ApplicationContext context) {
        return new FilterChains(processor, context);
    }

    /**
     * On a port of their own, health and metrics are for probes and scrapers, which have no credentials; who reaches that port
     * is the network's to say. On the API's port, and for all else, the actuator is guarded as the API is.
     */
    @Bean
    @Order(1)
    @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
    SecurityFilterChain actuatorChain(FilterChains chains) throws Exception {
        return chains.begin()
                .securityMatcher(EndpointRequest.to("health", "info", "prometheus"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    @Bean
    SecurityFilterChain securityFilterChain(FilterChains chains, KnownUsers users, BearerTokens tokens)
            throws Exception {
        Unauthorized unauthorized = new Unauthorized();
        return chains.begin()
                .authorizeHttpRequests(requests -> requests
                        // The request itself has been let in before it is dispatched again.
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                HttpMethod.GET,
                                "/actuator/health",
                                "/actuator/health/liveness",
                                "/actuator/health/readiness")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .authenticationProvider(users)
                .httpBasic(basic -> basic.authenticationEntryPoint(unauthorized))
                .oauth2ResourceServer(bearer ->
                        bearer.authenticationManagerResolver(request -> tokens).authenticationEntryPoint(unauthorized))
                .exceptionHandling(exceptions -> exceptions.authenticationEntryPoint(unauthorized))
                .build();
    }

    /** Logins are counted by {@link LoginGate}; to watch each filter of the chain costs more than the filters do. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    KnownCallers knownCallers(SecurityProperties properties, Clock clock) {
        return new KnownCallers(properties, clock);
    }

    @Bean
    LoginGate loginGate(SecurityProperties properties, MeterRegistry meters, Clock clock) {
        return new LoginGate(new LoginAttempts(properties.failedLogins(), clock), meters);
    }

    @Bean
    RecentLogins recentLogins(KnownCallers callers, LoginGate gate, Clock clock) {
        return new RecentLogins(callers, gate, clock);
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> recentLoginsBefore(RecentLogins logins) {
        return registered(logins.before(), SecurityFilterProperties.DEFAULT_FILTER_ORDER - 2);
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> recentLoginsBehind(RecentLogins logins) {
        return registered(logins.behind(), SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
    }

    private static FilterRegistrationBean<OncePerRequestFilter> registered(OncePerRequestFilter filter, int order) {
        FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setName("recentLogins" + order);
        registration.setOrder(order);
        return registration;
    }

    @Bean
    KnownUsers knownUsers(KnownCallers callers, LoginGate gate) {
        return new KnownUsers(callers, gate);
    }

    @Bean
    BearerTokens bearerTokens(SecurityProperties properties, KnownCallers callers, LoginGate gate) {
        return new BearerTokens(callers, new IssuedTokens(properties.oidc()), gate);
    }

    /** Behind the chain, so that it knows the caller. */
    @Bean
    FilterRegistrationBean<AuditFilter> auditFilter() {
        FilterRegistrationBean<AuditFilter> registration = new FilterRegistrationBean<>(new AuditFilter());
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
        return registration;
    }

    /** OSB ids may hold any printable character, a percent sign too; everything else stays forbidden. */
    @Bean
    StrictHttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }
}
