/** What an OSB request means: service instances, service bindings, their operations and outcomes. No framework. */
@ApplicationModule(allowedDependencies = {"catalog"})
@NullMarked
package dev.howdah.broker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
