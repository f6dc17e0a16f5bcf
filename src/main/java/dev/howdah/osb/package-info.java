/** The Open Service Broker API over HTTP: headers, bodies, errors, on the models and service interfaces of the library. */
@ApplicationModule(allowedDependencies = {"broker", "catalog"})
@NullMarked
package dev.howdah.osb;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
