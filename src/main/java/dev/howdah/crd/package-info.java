/** The custom resources of the group howdah.dev: all persistent state of Howdah. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.howdah.crd;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
