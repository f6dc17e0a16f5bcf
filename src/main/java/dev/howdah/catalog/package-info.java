/** Offerings, plans and parameter schemas: loaded from configuration, checked at start, published. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.howdah.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
