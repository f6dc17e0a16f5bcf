/** Howdah's certificate authority. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.howdah.pki;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
