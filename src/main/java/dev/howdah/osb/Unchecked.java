package dev.howdah.osb;

import org.springframework.cloud.servicebroker.model.Context;
import org.springframework.cloud.servicebroker.model.PlatformContext;
import org.springframework.cloud.servicebroker.model.catalog.Plan;
import org.springframework.cloud.servicebroker.model.catalog.ServiceDefinition;
import reactor.core.publisher.Mono;

/**
 * What the library's controllers get in place of what they would look up themselves: they refuse to delete what the
 * catalog no longer lists, accept an update to an unknown plan, and answer a malformed identity with 422.
 */
final class Unchecked {
    static final Mono<ServiceDefinition> DEFINITION = Mono.just(new ServiceDefinition());
    static final Mono<Plan> PLAN = Mono.just(new Plan());
    static final Context IDENTITY = PlatformContext.builder().build();

    private Unchecked() {}
}
