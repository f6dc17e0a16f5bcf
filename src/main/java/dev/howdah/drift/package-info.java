/** Where the resources, the servers and what belongs to them disagree: found and told, never repaired here. */
@ApplicationModule(allowedDependencies = {"crd", "workload", "reconciler"})
@NullMarked
package dev.howdah.drift;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
