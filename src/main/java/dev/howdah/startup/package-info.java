/** What makes a start short: auto-configuration that is of no use is left out, and beans are those that were worked out with the jar. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.howdah.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
