/** Service instances and bindings kept as custom resources. */
@ApplicationModule(allowedDependencies = {"broker", "catalog", "crd"})
@NullMarked
package dev.howdah.kubernetes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
